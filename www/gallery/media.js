// How an output is shown. Files of strangers become pictures, players or text, and never a document: no frame, no object, no
// address to open.

import { el, icon } from "../dom.js";

const TEXT_LIMIT = 20_000;
/** A text behind a link is fetched up to this size. */
const MOST_FETCHED = 1_000_000;
const TEXT = /^(?:text\/(?:plain|markdown|csv|x-[\w.+-]+)|application\/(?:json|yaml|x-yaml|toml))(?:;|$)/;

/**
 * Makes what shows an output.
 *
 * @param {any} output
 * @param {() => Promise<string | null>} address gives where its content is; null where that is not of the web
 * @returns {Promise<{ kind: string, element: HTMLElement, enlargeable: boolean, size: string, text?: string }>}
 */
export async function mediaOf(output, address) {
  const kind = output.contentType.split("/")[0];
  if (kind === "image") return pictureOf(output, address);
  if (kind === "video") return shown("video", player("video", output, await address()), true);
  if (kind === "audio") return shown("audio", player("audio", output, await address()), false);
  if (TEXT.test(output.contentType)) return textOf(output);
  return shown("file", tile("file", "Saved as a file only"), false);
}

function shown(kind, element, enlargeable) {
  return { kind, element, enlargeable, size: "" };
}

/** A player with the browser's own controls. */
export function player(kind, { filename }, src) {
  const common = { src, controls: true, "aria-label": filename };
  return kind === "video"
    ? el("video", { ...common, loop: true, playsinline: true, preload: "metadata" })
    : el("audio", common);
}

async function pictureOf(output, address) {
  const image = el("img", { alt: `Output ${output.filename}` });
  try {
    image.src = (await address()) ?? "";
    await image.decode();
  } catch {
    return shown("file", tile("image", "This picture cannot be shown here; it can be saved"), false);
  }
  image.width = image.naturalWidth;
  image.height = image.naturalHeight;
  return { ...shown("image", image, true), size: `${image.naturalWidth} × ${image.naturalHeight}` };
}

async function textOf(output) {
  let text;
  try {
    const content = output.file ?? (output.size > MOST_FETCHED ? null : await output.blob());
    text = await content.slice(0, TEXT_LIMIT).text();
  } catch {
    return shown("file", tile("file", "This text cannot be read from here; it can be saved"), false);
  }
  const whole = text.length < TEXT_LIMIT;
  const block = el(
    "pre",
    { class: "text-output mono", tabindex: "0", dir: "auto", "aria-label": output.filename },
    text,
    whole ? null : "\n… save it to read on",
  );
  return shown("text", block, false);
}

function tile(name, words) {
  return el("div", { class: "file-tile" }, icon(name), el("span", {}, words));
}
