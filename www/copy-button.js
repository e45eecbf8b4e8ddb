// A button that copies a text, and says that it did. Where copying is not allowed the text stands below it, selected.

import { announce } from "./announce.js";
import { el, wordButton } from "./dom.js";

/** Milliseconds until the button says again what it does. */
const SAID = 2000;

/** Makes the button; `textOf()` is asked when it is pressed. */
export function copyButton(label, textOf) {
  const words = el("span", {}, label);
  const place = el("span", { class: "copy-place" });
  const button = wordButton("copy", words, copy);
  place.append(button);

  async function copy() {
    const text = textOf();
    try {
      await navigator.clipboard.writeText(text);
      words.textContent = "Copied";
      announce("Copied.");
    } catch {
      showSelected(text);
      words.textContent = "Selected: copy it";
    }
    setTimeout(() => (words.textContent = label), SAID);
  }

  function showSelected(text) {
    const field = el("textarea", {
      class: "field copy-text",
      readonly: true,
      rows: "4",
      "aria-label": label,
    });
    field.value = text;
    place.replaceChildren(button, field);
    field.select();
  }

  return place;
}
