/* Taking a message by keyboard: a suggestion goes into its field without a round trip, Ctrl+Enter
   sends. Without this file the same buttons post the form and the server fills the field. */
export function start(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name^='take_']");
    if (!button) return;
    event.preventDefault();
    take(form, button);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-primary]"));
  });
  /* Newer suggestions wait while the person is among the old ones. */
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
}

function take(form, button) {
  const control = form.elements[button.name.slice("take_".length)];
  control.value = button.value;
  if (document.activeElement === button) control.focus();
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
