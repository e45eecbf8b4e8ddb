// The picture, video or sound that was opened, beside what was found in it.

import { shownAddress } from "../../pkg/src/view/shown-address.js";
import { el } from "../dom.js";
import { fileSize } from "../format.js";

/** How a format is shown, and as what; a file may come without a type. */
const SHOWN = {
  png: ["img", "image/png"],
  webp: ["img", "image/webp"],
  avif: ["img", "image/avif"],
  jpeg: ["img", "image/jpeg"],
  svg: ["img", "image/svg+xml"],
  mp4: ["video", "video/mp4"],
  matroska: ["video", "video/webm"],
  flac: ["audio", "audio/flac"],
  ogg: ["audio", "audio/ogg"],
  mp3: ["audio", "audio/mpeg"],
};

/** The figure of a session's file; null for a file that is not to be seen or heard. */
export function mediaOf({ file, found, name }) {
  const shown = mediaElement(file, found?.format, name);
  if (shown === null) return null;
  return el(
    "figure",
    { class: "about-media" },
    shown,
    el("figcaption", { class: "muted" }, `${name} · ${fileSize(file.size)}`),
  );
}

/** The element that shows a file of a format; null where there is none. Its address lives as long as the page. */
export function mediaElement(file, format, name) {
  const [tag, type] = SHOWN[format] ?? [];
  if (!file || !tag) return null;
  const shown =
    tag === "img"
      ? el("img", { alt: name, decoding: "async" })
      : el(tag, { controls: true, preload: "metadata", "aria-label": name });
  addressOf(file, type).then(
    (src) => (shown.src = src),
    () => {},
  );
  return shown;
}

const addresses = new WeakMap();

/** One address a file: a browser keeps the bytes where they are. */
function addressOf(file, type) {
  if (!addresses.has(file)) addresses.set(file, shownAddress(file.slice(0, file.size, type)));
  return addresses.get(file);
}
