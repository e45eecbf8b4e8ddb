// The outputs of a run as figures: pictures, video, sound and text in place, everything else to save.

import { webAddress } from "../../pkg/src/view/dom.js";
import { shownAddress } from "../../pkg/src/view/shown-address.js";
import { announce } from "../announce.js";
import { el, icon } from "../dom.js";
import { fileSize } from "../format.js";
import { actionsFor, saveButton } from "./actions.js";
import { openLightbox } from "./lightbox.js";
import { mediaOf } from "./media.js";

/**
 * Makes the figures of a result. `release()` gives their addresses back when they are shown no longer.
 *
 * @param {{ outputs: any[], promptJson: string | null }} result
 * @param {object} uses what the page can do with an output: see actions.js
 */
export async function galleryOf(result, uses) {
  const addresses = new Addresses();
  const items = await itemsOf(result, addresses);
  const enlargeable = items.filter(({ media }) => media.enlargeable);
  const figures = items.map((item) => figureOf(item, { items: enlargeable, uses }));
  return {
    figures,
    forAll: items.length > 1 ? [saveAllButton(items)] : [],
    release: () => addresses.release(),
  };
}

/** The outputs of a result with what shows each. */
export function itemsOf(result, addresses) {
  return Promise.all(result.outputs.map((output) => itemOf(output, result, addresses)));
}

async function itemOf(output, result, addresses) {
  const address = async () =>
    output.url === null ? addresses.of(output.file) : webAddress(output.url, location.href);
  return { output, workflow: result.promptJson, media: await mediaOf(output, address) };
}

/** Addresses of files, made once for each. */
export class Addresses {
  #made = new Map();

  of(file) {
    if (!this.#made.has(file)) this.#made.set(file, shownAddress(file));
    return this.#made.get(file);
  }

  release() {
    for (const made of this.#made.values()) made.then(URL.revokeObjectURL, () => {});
  }
}

function figureOf(item, { items, uses }) {
  const { output, media } = item;
  const size = output.size ?? output.file?.size ?? null;
  const note = el(
    "span",
    { class: "muted output-note" },
    [output.contentType, media.size, size !== null && fileSize(size)].filter(Boolean).join(" · "),
  );
  const enlarge = () => openLightbox(items, items.indexOf(item), uses);
  const shown = media.enlargeable ? enlargeButton(item, enlarge) : media.element;
  const caption = el(
    "figcaption",
    {},
    el("bdi", { class: "file-name" }, output.filename),
    note,
    el("div", { class: "file-uses" }, saveButton(item, note), actionsFor(item, uses, note)),
  );
  return el("figure", {}, shown, caption);
}

function enlargeButton({ output, media }, onClick) {
  const label = `Enlarge ${output.filename}${media.size ? `, ${media.size.replace("×", "by")}` : ""}`;
  if (media.kind === "image")
    return el(
      "button",
      { type: "button", class: "enlarge", "aria-label": label, on: { click: onClick } },
      media.element,
    );
  const button = el(
    "button",
    {
      type: "button",
      class: "icon-button enlarge-corner",
      "aria-label": label,
      title: label,
      on: { click: onClick },
    },
    icon("expand"),
  );
  return el("div", { class: "enlargeable" }, media.element, button);
}

function saveAllButton(items) {
  const words = el("span", {}, "Save all");
  const button = el("button", { type: "button", class: "button small" }, icon("save"), words);
  button.addEventListener("click", async () => {
    button.disabled = true;
    words.textContent = "Packing …";
    try {
      const { saveZip } = await import("./zip.js");
      const left = await saveZip(items.map(({ output }) => output));
      words.textContent = left.length === 0 ? "Saved all" : `${left.length} could not be fetched`;
    } catch {
      words.textContent = "It could not be packed";
    }
    announce(words.textContent);
    button.disabled = false;
    setTimeout(() => (words.textContent = "Save all"), 4000);
  });
  return button;
}
