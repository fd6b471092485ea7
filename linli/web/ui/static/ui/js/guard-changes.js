/* Asks before a page with unsent changes is left. */
export function start(form) {
  const before = state(form);
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && document.contains(form) && state(form) !== before) event.preventDefault();
  });
}

function state(form) {
  const values = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(values.map(([name, value]) => [name, value instanceof File ? value.name : value]));
}
