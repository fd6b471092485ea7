/* Names and figures on a map: only where there are few areas, and none over another. */
import { centreOf } from "./map-areas.js";

const MOST = 24;

export function label(library, map, areas) {
  if (areas.features.length > MOST) return;
  const elements = areas.features.map((feature) => {
    const element = labelOf(feature.properties);
    new library.Marker({ element }).setLngLat(centreOf(feature)).addTo(map);
    return element;
  });
  const tidy = () => keepApart(elements);
  map.on("moveend", tidy);
  map.on("resize", tidy);
  requestAnimationFrame(tidy);
}

function labelOf({ name, value }) {
  const element = document.createElement("span");
  element.className = "map__label";
  element.setAttribute("aria-hidden", "true");
  const figure = document.createElement("b");
  figure.textContent = value;
  element.append(name, figure);
  return element;
}

function keepApart(elements) {
  const kept = [];
  for (const element of elements) {
    element.classList.remove("map__label--away");
    const box = element.getBoundingClientRect();
    const isOver = kept.some((other) => box.left < other.right && other.left < box.right
      && box.top < other.bottom && other.top < box.bottom);
    element.classList.toggle("map__label--away", isOver);
    if (!isOver) kept.push(box);
  }
}
