/* The summary takes focus when the page opens; its links put the caret into the field. */
export function start(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const id = event.target.closest("a")?.hash.slice(1);
    const control = id && document.getElementById(decodeURIComponent(id));
    if (!control) return;
    event.preventDefault();
    const field = control.closest(".field") ?? control;
    field.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}
