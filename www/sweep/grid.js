// Several runs as a table: its axes named, each run in its cell from waiting to what it made or why it failed.

import { el, icon } from "../dom.js";
import { sentence } from "../format.js";
import { Addresses, itemsOf } from "../gallery/gallery.js";
import { openLightbox } from "../gallery/lightbox.js";

/**
 * Makes the table of one or two axes, with one cell for each pair of values, row by row.
 *
 * @param {{ label: string, values: any[] }[]} axes columns first
 * @param {object} uses what the page can do with an output
 */
export function createGrid(axes, uses) {
  const [across, down = { label: "", values: [null] }] = axes;
  const addresses = new Addresses();
  const cells = down.values.flatMap(() => across.values.map(() => cell()));
  const made = cells.map(() => []);
  const rows = down.values.map((value, row) =>
    el(
      "tr",
      {},
      down.label !== "" && el("th", { scope: "row" }, el("bdi", {}, shortText(value))),
      cells.slice(row * across.values.length, (row + 1) * across.values.length),
    ),
  );
  const element = el(
    "div",
    { class: "sweep-grid", tabindex: "0", role: "region", "aria-label": "Grid of runs" },
    el(
      "table",
      {},
      el("caption", {}, el("bdi", {}, across.label), down.label !== "" && [" × ", el("bdi", {}, down.label)]),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          down.label !== "" && el("td", {}),
          across.values.map((value) => el("th", { scope: "col" }, el("bdi", {}, shortText(value)))),
        ),
      ),
      el("tbody", {}, rows),
    ),
  );

  function cell() {
    return el(
      "td",
      { class: "sweep-cell", dataset: { state: "waiting" } },
      el("span", { class: "muted" }, "Waiting"),
    );
  }

  function show(at, state, ...content) {
    cells[at].dataset.state = state;
    cells[at].replaceChildren(...content.flat());
  }

  return {
    element,
    running: (at, percent) =>
      show(
        at,
        "running",
        el("span", { class: "muted" }, percent === null ? "Running" : `${Math.round(percent)}%`),
      ),
    async done(at, result) {
      made[at] = await itemsOf(result, addresses);
      const shown = made[at].map((item) => outputIn(item, () => enlarge(item)));
      show(at, "done", shown.length > 0 ? shown : el("span", { class: "muted" }, "No output"));
    },
    failed(at, error) {
      const code = typeof error?.code === "string" ? error.code : "unexpected";
      const words = sentence(String(error?.message ?? error));
      show(at, "failed", icon("error"), el("code", {}, code), el("p", { class: "muted" }, words));
    },
    cancelled: (at) => show(at, "cancelled", el("span", { class: "muted" }, "Cancelled")),
    /** What was made, with the cell's number. */
    outputs: () => made.flatMap((items, at) => items.map(({ output }) => ({ at, output }))),
    release: () => addresses.release(),
  };

  function enlarge(item) {
    const all = made.flat().filter(({ media }) => media.enlargeable);
    openLightbox(all, all.indexOf(item), uses);
  }
}

function outputIn({ output, media }, onEnlarge) {
  if (media.kind !== "image") return media.element;
  const label = `Enlarge ${output.filename}`;
  return el(
    "button",
    { type: "button", class: "enlarge", "aria-label": label, on: { click: onEnlarge } },
    media.element,
  );
}

/** A value as a heading. */
export function shortText(value) {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
