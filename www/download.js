// Hands a file to the person: text or bytes made here, saved under a name.

import { el } from "./dom.js";

/** Saves a blob as a file. The address lives a while longer: some browsers start reading it late. */
export function saveBlob(blob, filename) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: filename }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves text as UTF-8. */
export function saveText(text, filename, type) {
  saveBlob(new Blob([text], { type }), filename);
}
