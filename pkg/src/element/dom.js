// What the tags build their elements with.

import { webAddress as addressOf, el } from "../view/dom.js";

export { el, svg } from "../view/dom.js";

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

/** An address of the web, or null; it may be one of the page's own place. */
export function webAddress(address) {
  return addressOf(address, document.baseURI);
}
