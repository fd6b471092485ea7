/* What the map draws, from GeoJSON areas with code, name, value, class (0 = no figure, 1–5), url. */
export function areasIn(collection) {
  const features = (collection.features ?? []).filter((feature) => feature.geometry);
  if (!features.length) throw new Error("no areas to draw");
  return { type: "FeatureCollection", features };
}

/* The box around all areas: [[west, south], [east, north]], degrees. */
export function boundsOf(areas) {
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  const visit = (part) => {
    if (typeof part[0] === "number") {
      for (const axis of [0, 1]) {
        box[0][axis] = Math.min(box[0][axis], part[axis]);
        box[1][axis] = Math.max(box[1][axis], part[axis]);
      }
    } else part.forEach(visit);
  };
  for (const feature of areas.features) visit(feature.geometry.coordinates);
  return box;
}

/* Layers whose colours are the tokens of the page. */
export function paintBy(style) {
  const token = (name) => style.getPropertyValue(name).trim();
  const classes = [1, 2, 3, 4, 5].flatMap((number) => [number, token(`--class-${number}`)]);
  const isOn = ["boolean", ["feature-state", "on"], false];
  return [
    {
      id: "fill",
      type: "fill",
      source: "areas",
      paint: { "fill-color": ["match", ["get", "class"], ...classes, token("--white")] },
    },
    {
      id: "edge",
      type: "line",
      source: "areas",
      paint: {
        "line-color": ["case", isOn, token("--ink"), token("--control")],
        "line-width": ["case", isOn, 3, 1],
      },
    },
  ];
}
