// The graph as a picture to keep: SVG or PNG, with the workflow inside, so that it opens here and in ComfyUI again.
// Loaded when it is first asked for.

import { drawBox } from "../../pkg/src/view/graph/draw.js";
import { svg } from "../dom.js";
import { saveBlob } from "../download.js";
import { wirePath } from "./draw.js";
import { paint } from "./paint.js";
import { withTexts } from "./png-text.js";

const MARGIN = 40;
/** Pixels that every browser gives a canvas, at a side and in all. */
const MAX_SIDE = 8192;
const MAX_PIXELS = 32_000_000;

/**
 * Saves what a view shows. `drawing` has the model, the places and the bounds, `place` is the element in the page whose styles
 * count, `files` are the workflow's texts, `name` is without its ending.
 */
export async function saveGraph(format, { drawing, place, files, name }) {
  const picture = standingAlone(drawing, place);
  if (format === "svg") {
    picture.prepend(metadata(files));
    saveBlob(
      new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" }),
      `${name}.svg`,
    );
    return;
  }
  const png = await rasterised(picture);
  saveBlob(withTexts(png, { prompt: files.prompt, workflow: files.workflow }), `${name}.png`);
}

function standingAlone({ model, places, bounds }, place) {
  const [x, y] = [bounds.x - MARGIN, bounds.y - MARGIN];
  const [width, height] = [bounds.width + 2 * MARGIN, bounds.height + 2 * MARGIN];
  const picture = svg(
    "svg",
    { class: "graph-svg", viewBox: `${x} ${y} ${width} ${height}`, width, height },
    svg("rect", { class: "graph-ground", x, y, width, height }),
    svg("g", { class: "frames" }, model.groups.map(frame)),
    svg("path", {
      class: "wires",
      d: model.wires.map((wire) => wirePath(wire, model.nodes, places)).join(""),
    }),
    svg(
      "g",
      { class: "near" },
      model.nodes.map((node, at) => {
        const box = drawBox(node, "full", 1);
        box.setAttribute("transform", `translate(${places.x[at]} ${places.y[at]})`);
        return box;
      }),
    ),
  );
  // Styles are known of what is in the document alone.
  picture.style.display = "none";
  place.append(picture);
  paint(picture);
  picture.remove();
  picture.removeAttribute("style");
  return picture;
}

function frame({ title, position: { x, y, width, height } }) {
  const label = svg("text", { x: x + 12, y: y + 30 });
  label.textContent = title;
  return svg("g", {}, svg("rect", { x, y, width, height, rx: 12 }), label);
}

/** As ComfyUI writes it: one object with both formats. The serializer escapes what XML needs. */
function metadata({ prompt, workflow }) {
  const parts = Object.entries({ prompt, workflow }).flatMap(([key, json]) =>
    json === null ? [] : [`"${key}":${json}`],
  );
  const element = svg("metadata");
  element.textContent = `{${parts.join(",")}}`;
  return element;
}

async function rasterised(picture) {
  const { width, height } = picture.viewBox.baseVal;
  const scale = Math.min(2, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_PIXELS / (width * height)));
  const source = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" }),
  );
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("The browser could not draw a picture of this size");
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(source);
  }
}
