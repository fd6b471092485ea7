/* A map of areas: loads on request, classes from the tokens, keyboard and voice beside the mouse.
   The page's table holds the same figures; where anything fails, the words say so. */
import { areasIn, boundsOf, paintBy } from "./map-areas.js";
import { label } from "./map-labels.js";

export function start(section) {
  const button = section.querySelector("[data-map-load]");
  const say = (words) => { section.querySelector(".map__words").textContent = words; };
  const load = async () => {
    button.hidden = true;
    try {
      await draw(section, say);
      say(section.dataset.help);
    } catch (error) {
      console.warn(error);
      say(section.dataset.failed);
    }
  };
  if (!section.dataset.moduleUrl || !section.dataset.areasUrl) {
    say(section.dataset.failed);
    return;
  }
  button.hidden = false;
  button.addEventListener("click", load);
  if ("mapAuto" in section.dataset && isWorthIt()) load();
}

/* A megabyte of map unasked: not on a narrow screen, and not for whoever saves data. */
function isWorthIt() {
  return matchMedia("(width >= 900px)").matches && !navigator.connection?.saveData;
}

async function draw(section, say) {
  const { moduleUrl, workerUrl, areasUrl, sheetUrl } = section.dataset;
  addSheet(sheetUrl);
  const [library, answer] = await Promise.all([import(moduleUrl), fetch(areasUrl)]);
  if (!answer.ok) throw new Error(`areas: ${answer.status}`);
  const areas = areasIn(await answer.json());
  library.setWorkerUrl(new URL(workerUrl, location.href).href);
  const container = section.querySelector(".map__canvas");
  container.classList.add("map__canvas--on");
  const map = new library.Map({
    container,
    style: { version: 8, sources: {}, layers: [] },
    bounds: boundsOf(areas),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
  });
  map.getCanvas().setAttribute("aria-label", section.getAttribute("aria-label"));
  map.scrollZoom.disable();
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }));
  await new Promise((resolve) => { map.once("load", resolve); });
  map.addSource("areas", { type: "geojson", data: areas, promoteId: "code" });
  for (const layer of paintBy(getComputedStyle(section))) map.addLayer(layer);
  label(library, map, areas);
  listen(map, areas, say);
}

function listen(map, areas, say) {
  let at = -1;
  const choose = (index) => {
    const features = areas.features;
    if (at >= 0) map.setFeatureState({ source: "areas", id: features[at].properties.code }, { on: false });
    at = (index + features.length) % features.length;
    const { code, name, value } = features[at].properties;
    map.setFeatureState({ source: "areas", id: code }, { on: true });
    say(`${name} ${value}`);
  };
  const indexOf = (event) => {
    const code = event.features[0].properties.code;
    return areas.features.findIndex((feature) => feature.properties.code === code);
  };
  map.on("mousemove", "fill", (event) => choose(indexOf(event)));
  map.on("click", "fill", (event) => open(areas.features[indexOf(event)]));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "." || event.key === "。") choose(at + 1);
    else if (event.key === "," || event.key === "，") choose(at - 1);
    else if (event.key === "Enter" && at >= 0) open(areas.features[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function open(feature) {
  const { url } = feature.properties;
  if (url && new URL(url, location.href).origin === location.origin) location.assign(url);
}

function addSheet(href) {
  if (!href || document.querySelector(`link[href="${CSS.escape(href)}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
