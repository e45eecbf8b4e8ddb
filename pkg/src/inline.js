// Entry with the wasm in it, for those who cannot serve a second file. It shares its wasm with the entry beside it.

import load from "viewcomfy-wasm";
import packed from "./viewcomfy_wasm_bg.wasm?inline";

export * from "viewcomfy-wasm";

/** Unpacks the wasm at the first call; another source may be given as ever. */
export default function init(input) {
  return load(input ?? unpack());
}

/** A response and not bytes, so that the wasm is compiled while it is unpacked. */
async function unpack() {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked, { headers: { "content-type": "application/wasm" } });
}
