/* A second click does nothing; the server's idempotency key is the real guard. */
export function start(form) {
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    /* Later, so that the pressed button's name and value are still sent. */
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button])")) {
        button.setAttribute("aria-disabled", "true");
      }
    });
  });
  /* Coming back by the browser's back button finds the form ready again. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) reset(form); });
  form.addEventListener("htmx:afterRequest", () => reset(form));
}

function reset(form) {
  form.removeAttribute("data-sent");
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}
