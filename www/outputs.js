// What a run made: pictures, video, sound and text shown in place, everything else to save. Nothing is opened as a page.

import { deployment } from "./deployment.js";
import { byId, el, icon } from "./dom.js";
import { saveBlob } from "./download.js";
import { count, duration, fileSize } from "./format.js";
import { openLightbox } from "./lightbox.js";

const TEXT_LIMIT = 20_000;
let addresses = [];

/** Builds the panel with its empty stage. */
export function setUpOutputs() {
  byId("outputs").replaceChildren(
    el(
      "header",
      { class: "panel-head" },
      el("h3", {}, "Outputs"),
      el("span", { class: "muted outputs-fact" }),
    ),
    el("div", { class: "stage" }, emptyStage("What the run makes appears here")),
    el("div", { class: "seeds" }),
  );
}

function emptyStage(sentence) {
  return el("div", { class: "stage-empty muted" }, icon("image"), el("p", {}, sentence));
}

/** Keeps room for a picture of this size before it is there; null for the standard room. */
export function reserveStage(size) {
  byId("outputs")
    .querySelector(".stage")
    .style.setProperty("--ratio", size ? String(size.width / size.height) : "");
}

/** Between a run's start and its end: earlier outputs stay in place, faded. */
export function setStale(stale) {
  byId("outputs").classList.toggle("stale", stale);
  if (stale && byId("outputs").querySelector("figure")) fact("from the run before");
}

/** Shows a picture on the way, in the stage's place, until the outputs come. */
export function showPreview(blob) {
  const stage = byId("outputs").querySelector(".stage");
  const address = URL.createObjectURL(blob);
  const image = el("img", {
    src: address,
    class: "preview",
    alt: "Preview of the picture that is being made",
  });
  image.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  const shown = stage.querySelector(".preview");
  if (shown) shown.replaceWith(image);
  else {
    stage.classList.remove("many");
    stage.replaceChildren(image);
    byId("outputs").classList.remove("stale");
    fact("on the way");
  }
}

/** Takes the preview away of a run that gave nothing. */
export function endPreview() {
  const shown = byId("outputs").querySelector(".preview");
  shown?.replaceWith(emptyStage("What the run makes appears here"));
  if (shown) fact("");
}

/** Shows a result's outputs. `seeds` is a list of `{ label, value, keep }`. */
export async function showOutputs(result, seeds) {
  const panel = byId("outputs");
  const figures = await Promise.all(result.outputs.map((output) => figureOf(output)));
  for (const address of addresses) URL.revokeObjectURL(address);
  addresses = figures.flatMap((made) => made.addresses);
  const stage = panel.querySelector(".stage");
  stage.classList.toggle("many", figures.length > 1);
  stage.replaceChildren(...figures.map((made) => made.element));
  if (figures.length === 0)
    stage.append(
      emptyStage("The run finished without outputs. A workflow needs a node that saves or previews."),
    );
  panel.classList.remove("stale");
  const time = result.executionTimeSeconds;
  fact([count(figures.length, "file"), time !== null && duration(time)].filter(Boolean).join(" · "));
  panel.querySelector(".seeds").replaceChildren(...seeds.map(seedLine));
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
    el("span", { class: "muted" }, label),
    el("code", {}, String(value)),
    button,
  );
}

async function figureOf(output) {
  const made = [];
  const address = () => {
    if (output.url !== null) return webAddress(output.url);
    made.push(URL.createObjectURL(output.file));
    return made[0];
  };
  const shown = await preview(output, address);
  const size = output.size ?? output.file?.size ?? null;
  const note = el(
    "span",
    { class: "muted" },
    [output.contentType, size !== null && fileSize(size)].filter(Boolean).join(" · "),
  );
  const caption = el(
    "figcaption",
    {},
    el("span", { class: "file-name", title: output.filename }, output.filename),
    note,
    saveButton(output, note),
  );
  return { element: el("figure", {}, shown, caption), addresses: made };
}

/** A link only when it is one of the web: a result cannot smuggle in another kind of address. */
function webAddress(url) {
  const address = new URL(url, location.href);
  return /^https?:$/.test(address.protocol) ? address.href : "";
}

async function preview(output, address) {
  const [kind] = output.contentType.split("/");
  if (kind === "image") return picture(output, address());
  if (kind === "video")
    return el("video", {
      src: address(),
      controls: true,
      loop: true,
      playsinline: true,
      "aria-label": output.filename,
    });
  if (kind === "audio") return el("audio", { src: address(), controls: true, "aria-label": output.filename });
  if (output.file && /^(text\/plain|application\/json)\b/.test(output.contentType))
    return textPreview(output);
  return el("div", { class: "file-tile" }, icon("file"), el("span", {}, "Saved as a file only"));
}

async function picture(output, src) {
  const image = el("img", { src, alt: `Output ${output.filename}` });
  try {
    await image.decode();
    image.width = image.naturalWidth;
    image.height = image.naturalHeight;
  } catch {
    return el(
      "div",
      { class: "file-tile" },
      icon("image"),
      el("span", {}, "This picture cannot be shown here; it can be saved"),
    );
  }
  const label = `Enlarge ${output.filename}, ${image.width} by ${image.height}`;
  return el(
    "button",
    { type: "button", class: "enlarge", "aria-label": label, on: { click: () => openLightbox(image) } },
    image,
  );
}

async function textPreview(output) {
  const text = await output.file.slice(0, TEXT_LIMIT).text();
  return el("pre", { class: "text-output mono", tabindex: "0", "aria-label": output.filename }, text);
}

function saveButton(output, note) {
  const button = el("button", { type: "button", class: "button small" }, icon("save"), "Save");
  button.setAttribute("aria-label", `Save ${output.filename}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      saveBlob(await output.blob(), output.filename);
    } catch {
      note.replaceChildren("It cannot be fetched from here: ", linkTo(output), serverHint(output));
    }
    button.disabled = false;
  });
  return button;
}

/** A link that the page's server may not fetch yet: which setting lets it. */
function serverHint({ url }) {
  if (deployment?.kind !== "deployment" || url === null || !URL.canParse(url)) return "";
  return `. With ${new URL(url).host} in VIEWCOMFY_LINK_HOSTS, ${deployment.command} fetches it.`;
}

function linkTo(output) {
  const href = output.url === null ? "" : webAddress(output.url);
  return el(
    "a",
    { href, download: output.filename, target: "_blank", rel: "noopener noreferrer" },
    "open its link",
  );
}
