// The panel of what a run made: its stage with previews on the way, its outputs, and the seeds it used.

import { shownAddress } from "../pkg/src/view/shown-address.js";
import { byId, el, icon } from "./dom.js";
import { count, duration } from "./format.js";
import { laterStyle } from "./later-style.js";

const NOTHING_YET = "What the run makes appears here";
/** What the page can do with an output: see gallery/actions.js. */
let uses = null;
let release = () => {};
/** Counts what was put on the stage: a preview that is decoded late must not cover what came after it. */
let turn = 0;

/** Builds the panel with its empty stage. */
export function setUpOutputs(itsUses) {
  uses = itsUses;
  byId("outputs").replaceChildren(
    el(
      "header",
      { class: "panel-head" },
      el("h3", {}, "Outputs"),
      el("span", { class: "muted outputs-fact" }),
      el("span", { class: "outputs-all" }),
    ),
    el("div", { class: "stage" }, emptyStage(NOTHING_YET)),
    el("div", { class: "seeds" }),
  );
}

function stageOf() {
  return byId("outputs").querySelector(".stage");
}

function emptyStage(sentence) {
  return el("div", { class: "stage-empty muted" }, icon("image"), el("p", {}, sentence));
}

/** Keeps room for a picture of this size before it is there; null for the standard room. */
export function reserveStage(size) {
  stageOf().style.setProperty("--ratio", size ? String(size.width / size.height) : "");
}

/** Between a run's start and its end: earlier outputs stay in place, faded, and the stage keeps its height. */
export function setStale(stale) {
  const stage = stageOf();
  byId("outputs").classList.toggle("stale", stale);
  stage.style.minHeight = stale ? `${stage.getBoundingClientRect().height}px` : "";
  if (stale && stage.querySelector("figure")) fact("from the run before");
  // What shows outputs is there before they are.
  if (stale) loadGallery().catch(() => {});
}

let loading = null;

function loadGallery() {
  loading ??= Promise.all([import("./gallery/gallery.js"), laterStyle()]).then(([module]) => module);
  loading.catch(() => (loading = null));
  return loading;
}

/** Shows a picture on the way, in the stage's place, until the outputs come. */
export async function showPreview(blob) {
  const mine = turn;
  let address = "";
  try {
    address = await shownAddress(blob);
    const image = el("img", { src: address, alt: "Preview of the picture that is being made" });
    await image.decode();
    if (mine === turn) previewFrame().replaceChildren(image);
  } catch {
    // The next preview may be one that can be drawn.
  }
  URL.revokeObjectURL(address);
}

/** The place of the previews, which has its size before the first one is there. */
function previewFrame() {
  const stage = stageOf();
  const shown = stage.querySelector(".stage-preview");
  if (shown) return shown;
  const frame = el("div", { class: "stage-preview" });
  stage.classList.remove("many");
  stage.replaceChildren(frame);
  byId("outputs").classList.remove("stale");
  byId("outputs").querySelector(".outputs-all").replaceChildren();
  fact("on the way");
  return frame;
}

/** Takes the preview away of a run that gave nothing. */
export function endPreview() {
  turn += 1;
  const stage = stageOf();
  stage.style.minHeight = "";
  const shown = stage.querySelector(".stage-preview");
  shown?.replaceWith(emptyStage(NOTHING_YET));
  if (shown) fact("");
}

/** Shows a result's outputs. `seeds` is a list of `{ label, value, keep }`. */
export async function showOutputs(result, seeds) {
  turn += 1;
  const mine = turn;
  const gallery = await galleryFor(result);
  if (mine !== turn) return gallery.release();
  release();
  release = gallery.release;
  const panel = byId("outputs");
  const stage = stageOf();
  stage.style.minHeight = "";
  stage.classList.toggle("many", gallery.figures.length > 1);
  stage.replaceChildren(...gallery.figures);
  if (gallery.figures.length === 0)
    stage.append(
      emptyStage("The run finished without outputs. A workflow needs a node that saves or previews."),
    );
  panel.classList.remove("stale");
  panel.querySelector(".outputs-all").replaceChildren(...gallery.forAll);
  const time = result.executionTimeSeconds;
  fact([count(gallery.figures.length, "file"), time !== null && duration(time)].filter(Boolean).join(" · "));
  panel.querySelector(".seeds").replaceChildren(...seeds.map(seedLine));
}

/** A page that was replaced on its server while it lay open cannot load its parts any more. */
async function galleryFor(result) {
  try {
    const { galleryOf } = await loadGallery();
    return await galleryOf(result, uses);
  } catch {
    const words = "What shows the outputs could not be loaded. Load the page again and run once more.";
    return { figures: [emptyStage(words)], forAll: [], release() {} };
  }
}

function fact(text) {
  byId("outputs").querySelector(".outputs-fact").textContent = text;
}

function seedLine({ label, value, keep }) {
  const button =
    keep &&
    el("button", { type: "button", class: "button small quiet", on: { click: keep } }, "Keep this seed");
  return el(
    "p",
    { class: "seed-used" },
    el("bdi", { class: "muted" }, label),
    el("code", {}, String(value)),
    button,
  );
}
