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

/* Where a name stands: the middle of the weight of an area's largest outline. */
export function centreOf(feature) {
  const { type, coordinates } = feature.geometry;
  const rings = (type === "Polygon" ? [coordinates] : coordinates).map((polygon) => weightOf(polygon[0]));
  return rings.reduce((most, ring) => (ring.size > most.size ? ring : most)).at;
}

/* Twice the surface inside a ring and its centroid, by the shoelace formula about its first corner. */
function weightOf(ring) {
  const [[x0, y0]] = ring;
  let [size, x, y] = [0, 0, 0];
  ring.slice(1).forEach(([east, north], index) => {
    const [ax, ay, bx, by] = [ring[index][0] - x0, ring[index][1] - y0, east - x0, north - y0];
    const cross = ax * by - bx * ay;
    size += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return { size: Math.abs(size), at: size ? [x0 + x / (3 * size), y0 + y / (3 * size)] : [x0, y0] };
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
