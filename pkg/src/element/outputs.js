// What a run made: pictures, video, sound and text are shown, all of it can be saved, and nothing is run. A page that a
// file's address would open, as HTML and SVG do, never gets one of its own kind.

import { webAddress } from "../view/dom.js";
import { isDrawing, shownAddress } from "../view/shown-address.js";
import { bdi, button, el } from "./dom.js";
import { say } from "./strings.js";

const TEXT = /^(?:text\/plain|application\/json)\b/;
const LONGEST_TEXT = 20_000;
/** What browsers show as a picture, a video or a sound, whatever is in it. */
const MEDIA = /^(?:image|video|audio)\//;

export function createOutputs(words) {
  const stage = el("div", { class: "stage" });
  const seeds = el("div", { class: "seeds" });
  const element = el(
    "section",
    { part: "outputs", class: "outputs", "aria-label": words.outputs, hidden: true },
    stage,
    seeds,
  );
  let addresses = [];
  /** Counts what was put here: what is read late must not come back after it was cleared away. */
  let turn = 0;

  function addressOf(blob) {
    const address = URL.createObjectURL(blob);
    addresses.push(address);
    return address;
  }

  function clear() {
    turn += 1;
    addresses.forEach(URL.revokeObjectURL);
    addresses = [];
    stage.replaceChildren();
    seeds.replaceChildren();
    element.hidden = true;
  }

  /** A picture on the way, in the place of the one before. */
  function preview(blob) {
    clear();
    stage.append(el("img", { part: "preview", src: addressOf(harmless(blob)), alt: words.preview }));
    element.hidden = false;
  }

  /** @param {{ label: string, value: bigint, keep: (() => void) | null }[]} drawn the seeds that were drawn for the run */
  async function show(result, drawn) {
    const mine = turn;
    const figures = await Promise.all(result.outputs.map(figureOf));
    if (mine !== turn) return;
    clear();
    stage.append(...figures.map((make) => make()));
    if (figures.length === 0) stage.append(el("p", {}, words.noOutputs));
    seeds.append(...drawn.map(seedLine));
    element.hidden = false;
  }

  /** Reads what has to be read first, so that all figures come at once, behind what they take the place of. */
  async function figureOf(output) {
    const text = output.file && TEXT.test(output.contentType) ? await textOf(output.file) : null;
    const { contentType: type } = output;
    const isOwnDrawing = output.file && type.startsWith("image/") && isDrawing({ type });
    const drawing = isOwnDrawing ? await shownAddress(output.file).catch(() => null) : null;
    return () => {
      const source = output.file
        ? addressOf(harmless(output.file))
        : webAddress(output.url, document.baseURI);
      const shown =
        text === null ? mediaOf(output, isOwnDrawing ? drawing : source) : textBlock(output, text);
      const name = el(
        "a",
        { href: source, download: output.filename, target: "_blank", rel: "noopener noreferrer" },
        bdi(output.filename),
      );
      name.setAttribute("aria-label", say(words.save, { name: output.filename }));
      return el(
        "figure",
        { part: "output" },
        shown,
        el("figcaption", {}, source === null ? bdi(output.filename) : name),
      );
    };
  }

  function mediaOf({ contentType, filename }, src) {
    const label = say(words.output, { name: filename });
    if (src === null || !MEDIA.test(contentType)) return el("p", { class: "not-shown" }, words.notShown);
    if (contentType.startsWith("video")) {
      return el("video", { src, controls: true, loop: true, playsinline: true, "aria-label": label });
    }
    if (contentType.startsWith("audio")) return el("audio", { src, controls: true, "aria-label": label });
    return el("img", { src, alt: label });
  }

  function textBlock({ filename }, text) {
    return el(
      "pre",
      { tabindex: "0", dir: "auto", "aria-label": say(words.output, { name: filename }) },
      text,
    );
  }

  function seedLine({ label, value, keep }) {
    return el(
      "p",
      { part: "seed" },
      `${words.seedUsed}: `,
      el("code", {}, String(value)),
      " ",
      keep && button(words.keepSeed, keep, { "aria-label": `${words.keepSeed}: ${label}` }),
    );
  }

  return { element, clear, preview, show };
}

/** A picture, video or sound as it is; anything else as bytes, which a browser saves and does not open. */
function harmless(file) {
  const isShown = MEDIA.test(file.type) && !isDrawing(file);
  return isShown ? file : new Blob([file], { type: "application/octet-stream" });
}

function textOf(file) {
  return file.slice(0, LONGEST_TEXT).text();
}
