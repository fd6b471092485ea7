/* The box around a file field takes dropped files. */
export function start(box) {
  const input = box.querySelector("input[type=file]");
  const hint = box.querySelector("[data-drop-hint]");
  if (!input || !window.DataTransfer) return;
  if (hint) hint.hidden = false;
  const over = (is) => box.classList.toggle("drop--over", is);
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  box.addEventListener("dragleave", () => over(false));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const files = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
