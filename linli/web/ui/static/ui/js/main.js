/* Starts the behaviours named in data-behaviour, once an element, also in swapped-in parts. */
const behaviours = {
  "autosubmit": () => import("./autosubmit.js"),
  "error-summary": () => import("./error-summary.js"),
  "file-drop": () => import("./file-drop.js"),
  "guard-changes": () => import("./guard-changes.js"),
  "intake": () => import("./intake.js"),
  "map": () => import("./map.js"),
  "passkey": () => import("./passkey.js"),
  "submit-once": () => import("./submit-once.js"),
};

async function run(element, name) {
  const mark = `data-started-${name}`;
  if (!(name in behaviours) || element.hasAttribute(mark)) return;
  element.setAttribute(mark, "");
  const { start } = await behaviours[name]();
  start(element);
}

function startAll(root) {
  for (const element of root.querySelectorAll("[data-behaviour]")) {
    for (const name of element.dataset.behaviour.split(/\s+/)) run(element, name);
  }
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt.parentElement ?? document));
if (document.querySelector("[data-key]")) import("./keys.js");
