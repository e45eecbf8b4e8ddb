// The subgraphs that are opened in place, each with the button that closes it.

import { el, icon } from "../dom.js";

/** `ids` are those that are open; `onClose(id)` is told of one that was closed here. */
export function createOpened({ titleOf, onClose }) {
  const ids = new Set();
  const element = el("ul", { class: "opened", "aria-label": "Opened in place", hidden: true });

  function close(id) {
    ids.delete(id);
    onClose(id);
  }

  /** Shows those of `here`, which are on the canvas. */
  function show(here) {
    element.hidden = here.length === 0;
    element.replaceChildren(...here.map((id) => el("li", {}, closeButton(id))));
  }

  function closeButton(id) {
    const label = `Close ${titleOf(id)}, number ${id}`;
    const props = { type: "button", class: "chip", "aria-label": label, on: { click: () => close(id) } };
    return el("button", props, el("bdi", {}, titleOf(id)), icon("close"));
  }

  return { element, ids, show };
}
