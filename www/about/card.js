// A card of the view "About": a heading with a number, what can be done with all of it, and the content.

import { el } from "../dom.js";

/** Makes the card. */
export function aboutCard(title, number, content, actions = []) {
  return el(
    "section",
    { class: "card about-card", "aria-label": title },
    el(
      "header",
      { class: "panel-head" },
      el("h3", {}, title),
      el("span", { class: "muted" }, number),
      el("div", { class: "about-actions" }, actions),
    ),
    content,
  );
}
