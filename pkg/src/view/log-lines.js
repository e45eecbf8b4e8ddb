// The lines of a live log in an element that scrolls: many at once cost one turn, the newest stay, a bar of progress takes the
// place of the one before it, and the end stays in view unless somebody scrolled up.

import { el } from "./dom.js";

/** As long as a frame. A hidden tab has no frames, and its log must not pile up. */
const TURN_MS = 16;
/** So near to its end an element follows it. */
const NEAR = 24;

/**
 * @param {HTMLElement} element
 * @param {object} how
 * @param {number} how.most how many lines are kept
 * @param {(line: HTMLElement, text: string) => void} how.fill puts a text into a line
 * @param {() => void} how.onTurn hears that lines have come
 */
export function createLogLines(element, { most, fill, onTurn }) {
  /** @type {{ text: string, isBar: boolean }[]} */
  let pending = [];
  let endsWithBar = false;

  function add(text) {
    const waiting = pending.push({ text, isBar: false });
    if (waiting === 1) setTimeout(flush, TURN_MS);
  }

  /** The line just added is a bar of progress. */
  function markBar() {
    const newest = pending.at(-1);
    if (newest) newest.isBar = true;
  }

  function flush() {
    if (pending.length === 0) return;
    const follows = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    for (const line of pending.splice(0).slice(-most)) append(line);
    while (element.childElementCount > most) element.firstElementChild?.remove();
    onTurn();
    if (follows) toEnd();
  }

  function append({ text, isBar }) {
    const takesPlace = isBar && endsWithBar;
    endsWithBar = isBar;
    if (takesPlace) return fill(/** @type {HTMLElement} */ (element.lastElementChild), text);
    const line = el("div", { dir: "auto" });
    fill(line, text);
    element.append(line);
  }

  function toEnd() {
    element.scrollTop = element.scrollHeight;
  }

  function clear() {
    pending = [];
    endsWithBar = false;
    element.replaceChildren();
  }

  return { add, markBar, flush, toEnd, clear };
}
