// Texts in a PNG, as ComfyUI writes its workflow: tEXt chunks right behind the header.

import { pngChunk } from "../../pkg/src/view/png-chunk.js";

const HEADER_END = 8 + 4 + 4 + 13 + 4;

/** The PNG with JSON texts under their keywords; null leaves one out. */
export function withTexts(png, texts) {
  const chunks = Object.entries(texts).flatMap(([keyword, json]) =>
    json === null ? [] : pngChunk("tEXt", new TextEncoder().encode(`${keyword}\0${asciiJson(json)}`)),
  );
  return new Blob([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)], { type: "image/png" });
}

/** JSON in ASCII, which is the same in the chunk's Latin-1: other characters are only in texts, where an escape may stand. */
function asciiJson(json) {
  return json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
