// What the tags build elements with: those of the view, and what is only theirs.

import { el, svg } from "../view/dom.js";

export { el, svg };

/** Text of strangers beside text of ours: its direction stays its own. */
export function bdi(text) {
  return el("bdi", {}, text);
}

/** A button that sends no form. */
export function button(name, onClick, props = {}) {
  return el("button", { type: "button", part: "button", on: { click: onClick }, ...props }, name);
}

let made = 0;

/** An id that no other element has, in whichever tag. */
export function freshId() {
  made += 1;
  return `viewcomfy-${made}`;
}
