// The log of a run: its newest lines, as text. It follows its end unless somebody scrolled up.

import { el } from "./dom.js";

const MOST = 1_000;
/** As long as a frame. */
const TURN_MS = 16;
/** What begins a colour or a move of the cursor in a terminal. */
const ESCAPE = "\u001b[";
const SEQUENCE = /^[\d;?]*[A-Za-z]/;

export function createLog(words) {
  const lines = el("div", {
    class: "lines",
    part: "log",
    role: "log",
    "aria-live": "off",
    "aria-label": words.log,
    tabindex: "0",
    dir: "ltr",
  });
  const last = el("bdi", { class: "last" });
  const details = el("details", { hidden: true }, el("summary", {}, words.log, " ", last), lines);
  let pending = [];

  /** A bar of progress takes the place of the one before it, as in a terminal: `add` it, then say so. */
  function add(text) {
    const waiting = pending.push({ text: plain(text), isBar: false });
    // Many lines at once cost one turn. A hidden tab has no frames, and its log must not pile up.
    if (waiting === 1) setTimeout(flush, TURN_MS);
  }

  function markBar() {
    const newest = pending.at(-1);
    if (newest) newest.isBar = true;
  }

  function flush() {
    const follows = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 24;
    for (const line of pending.splice(0).slice(-MOST)) append(line);
    while (lines.childElementCount > MOST) lines.firstElementChild.remove();
    last.textContent = lines.lastElementChild?.textContent.trim() ?? "";
    details.hidden = lines.childElementCount === 0;
    if (follows) lines.scrollTop = lines.scrollHeight;
  }

  function append({ text, isBar }) {
    const newest = lines.lastElementChild;
    if (isBar && newest?.classList.contains("bar")) newest.textContent = text;
    else lines.append(el("div", { class: isBar && "bar", dir: "auto" }, text));
  }

  function clear() {
    pending = [];
    lines.replaceChildren();
    flush();
  }

  function openAtEnd() {
    flush();
    details.open = true;
    lines.scrollTop = lines.scrollHeight;
  }

  return { element: details, add, markBar, clear, openAtEnd };
}

/** Without what only a terminal understands. */
function plain(text) {
  const [first, ...rest] = text.split(ESCAPE);
  return first + rest.map((part) => part.replace(SEQUENCE, "")).join("");
}
