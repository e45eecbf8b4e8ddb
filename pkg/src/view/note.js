// A note in an editor's file, as its author meant it: Markdown where it is, else the text as it was typed.

import { el } from "./dom.js";
import { markdown } from "./markdown.js";

/** Beyond so many characters a note is shown as it was typed: nobody writes so much, but a file may hold it. */
const MAX_MARKDOWN = 200_000;

/** The note's one element. @param {{ text: string, format: "text" | "markdown" }} note */
export function noteText({ text, format }) {
  if (format === "markdown" && text.length <= MAX_MARKDOWN) return markdown(text);
  return el("p", { class: "note-plain", dir: "auto" }, text);
}
