/* A filter form applies itself when a choice is made; typed words wait for Enter or the button. */
export function start(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => {
    /* Empty parameters stay out of the address. */
    for (const control of form.elements) {
      if (control.name && control.value === "") {
        control.disabled = true;
        setTimeout(() => { control.disabled = false; });
      }
    }
  });
}
