/* Starts the behaviours named in data-behaviour, once per element, also in swapped-in parts. */
const modules = new Map();

function start(root) {
  for (const element of root.querySelectorAll("[data-behaviour]")) {
    for (const name of element.dataset.behaviour.split(/\s+/)) run(name, element);
  }
}

async function run(name, element) {
  const mark = `started-${name}`;
  if (element.hasAttribute(`data-${mark}`) || !/^[a-z-]+$/.test(name)) return;
  element.setAttribute(`data-${mark}`, "");
  if (!modules.has(name)) modules.set(name, import(`./${name}.js`));
  const module = await modules.get(name);
  module.start(element);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));
