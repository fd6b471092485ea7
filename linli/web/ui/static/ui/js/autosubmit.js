/* A filter form applies itself when a choice is made with the mouse or a finger; typed words and
   choices by key wait for Enter or the button, so that arrow keys can pass over what lies between. */
export function start(form) {
  let isByKey = false;
  form.addEventListener("keydown", () => { isByKey = true; });
  form.addEventListener("pointerdown", () => { isByKey = false; });
  form.addEventListener("change", (event) => {
    if (isByKey) return;
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
