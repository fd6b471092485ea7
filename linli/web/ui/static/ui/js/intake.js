/* Taking a message by keyboard: a suggestion goes into its field without a round trip, Ctrl+Enter
   sends. Without this file the same buttons post the form and the server fills the field. */
export function start(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name^='take_']");
    if (!button) return;
    if (button.name === "take_all" && !form.querySelector("[data-sure]")) return;
    event.preventDefault();
    if (button.name === "take_all") takeAll(form);
    else take(form, button);
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

/* The best of each field; the matter only where the reader is sure. */
function takeAll(form) {
  const isSure = form.querySelector("[data-sure]").dataset.sure === "yes";
  const seen = new Set();
  for (const button of form.querySelectorAll("button[name^='take_']")) {
    const isOut = button.name === "take_all" || seen.has(button.name) || (button.name === "take_matter" && !isSure);
    seen.add(button.name);
    if (!isOut) take(form, button);
  }
}

function take(form, button) {
  const control = form.elements[button.name.slice("take_".length)];
  control.value = button.value;
  if (document.activeElement === button) control.focus();
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
