// The log of a run: its newest lines, as text. It follows its end unless somebody scrolled up.

import { createLogLines } from "../view/log-lines.js";
import { plainText } from "../view/terminal-text.js";
import { el } from "./dom.js";

const MOST = 1_000;

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
  const log = createLogLines(lines, { most: MOST, fill, onTurn: showState });

  function fill(line, text) {
    line.textContent = plainText(text);
  }

  function showState() {
    last.textContent = lines.lastElementChild?.textContent.trim() ?? "";
    details.hidden = lines.childElementCount === 0;
  }

  function clear() {
    log.clear();
    showState();
  }

  function openAtEnd() {
    log.flush();
    details.open = true;
    log.toEnd();
  }

  /** A bar of progress takes the place of the one before it, as in a terminal: `add` it, then say so. */
  return { element: details, add: log.add, markBar: log.markBar, clear, openAtEnd };
}
