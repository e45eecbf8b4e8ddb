// The buttons that zoom the graph, and how far in it is.

import { el, iconButton } from "../dom.js";

/** `{ element, show(scale) }` */
export function createZoomTools({ zoom, fit }) {
  const text = el("span", { class: "mono zoom", "aria-hidden": "true" }, "100 %");
  const element = el(
    "div",
    { class: "graph-zoom", role: "group", "aria-label": "Zoom" },
    iconButton("minus", "Zoom out", () => zoom(0.8)),
    text,
    iconButton("plus", "Zoom in", () => zoom(1.25)),
    iconButton("fit", "Fit the whole graph", fit),
  );
  return {
    element,
    show: (scale) => {
      text.textContent = `${percentOf(scale)} %`;
    },
  };
}

/** Far out, a step of the zoom is less than one percent. */
function percentOf(scale) {
  const percent = scale * 100;
  return percent < 10 ? percent.toFixed(1) : String(Math.round(percent));
}
