// What the author wrote for people: the notes of an editor's file.

import { noteText } from "../../pkg/src/view/note.js";
import { el } from "../dom.js";
import { aboutCard } from "./card.js";

/** The card; null where nobody wrote a note. `titles` are those of the nodes. */
export function noteCard(notes, titles, showInGraph) {
  const written = notes.filter(({ text }) => text.trim() !== "");
  if (written.length === 0) return null;
  const items = written.map(({ node, ...note }) =>
    el(
      "li",
      { class: "file-note" },
      titled(titles.get(node)) && noteTitle(node, titles.get(node), showInGraph),
      noteText(note),
    ),
  );
  return aboutCard("Notes in the file", String(written.length), el("ul", {}, items));
}

/** A note without a title of its own is called by its class. */
function titled(title) {
  return title && !/^(markdown ?)?note$/i.test(title);
}

function noteTitle(node, title, showInGraph) {
  const press = () => showInGraph(node);
  return el(
    "p",
    { class: "note-title" },
    el("button", { type: "button", class: "text-button", dir: "auto", on: { click: press } }, title),
  );
}
