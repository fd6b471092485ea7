/* One-letter shortcuts: data-key="d" presses its button, follows its link or enters its field. */
const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  /* Inside a field the letter is text; Alt and the letter still act. */
  if (event.target.matches?.(typing) && !event.altKey) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const letter = event.altKey ? event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase() : event.key.toLowerCase();
  const target = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.toLowerCase() === letter && element.checkVisibility(),
  );
  if (!target || target.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  if (target.matches(typing)) target.focus();
  else target.click();
});
