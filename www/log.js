// The live log: follows its end unless scrolled up, keeps the last 5,000 lines, shows the last one when closed.

import { createLogLines } from "../pkg/src/view/log-lines.js";
import { plainText } from "../pkg/src/view/terminal-text.js";
import { announce } from "./announce.js";
import { readAnsi } from "./ansi.js";
import { byId, el, icon, wordButton } from "./dom.js";
import { saveText } from "./download.js";

const LIMIT = 5000;

/** Builds the panel. */
export function setUpLog() {
  const lines = el("div", {
    class: "log-lines mono",
    role: "log",
    "aria-live": "off",
    "aria-label": "Log",
    tabindex: "0",
  });
  const last = el("bdi", { class: "muted last-line" }, "What ComfyUI says during a run");
  const total = el("span", { class: "muted log-count" });
  const filter = el("input", {
    type: "search",
    class: "field log-filter",
    placeholder: "Filter",
    "aria-label": "Filter the log",
    on: { input: filterAll },
  });
  const found = el("span", { class: "muted log-found", role: "status" });
  const copied = el("span", {}, "Copy");
  const tools = el(
    "div",
    { class: "log-tools" },
    filter,
    found,
    wordButton("copy", copied, copy),
    el(
      "button",
      { type: "button", class: "button small", "aria-label": "Download the log", on: { click: download } },
      icon("save"),
      "Download",
    ),
  );
  const details = el("details", {}, el("summary", {}, el("h3", {}, "Log"), last, total), tools, lines);
  byId("log").replaceChildren(details);

  let received = 0;
  const log = createLogLines(lines, { most: LIMIT, fill, onTurn: tellNew });

  function clear() {
    log.clear();
    received = 0;
    last.classList.remove("mono");
    last.textContent = "Nothing yet";
    total.textContent = "";
    tellFound();
  }

  function add(line) {
    received += 1;
    log.add(line);
  }

  function tellNew() {
    last.classList.add("mono");
    last.textContent = lines.lastElementChild?.textContent.trim() ?? "";
    total.textContent = received > LIMIT ? `last ${number(LIMIT)} of ${number(received)}` : "";
    tellFound();
  }

  function fill(line, text) {
    line.classList.toggle("log-error", /^error\b/i.test(plainText(text)));
    line.replaceChildren(...piecesOf(text));
    line.hidden = !fits(line);
  }

  function fits(line) {
    return filter.value === "" || line.textContent.toLowerCase().includes(filter.value.toLowerCase());
  }

  function filterAll() {
    for (const line of lines.children) line.hidden = !fits(line);
    tellFound();
  }

  function tellFound() {
    found.textContent =
      filter.value === "" ? "" : `${number(shownLines().length)} of ${number(lines.childElementCount)}`;
  }

  function shownLines() {
    return [...lines.children].filter((line) => !line.hidden);
  }

  /** What is shown, as text: with a filter, what it lets through. */
  function text() {
    log.flush();
    return shownLines()
      .map((line) => `${line.textContent}\n`)
      .join("");
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      copied.textContent = "Copied";
      announce("The log is copied.");
    } catch {
      getSelection().selectAllChildren(lines);
      copied.textContent = "Selected: copy it";
    }
    setTimeout(() => (copied.textContent = "Copy"), 2000);
  }

  function download() {
    saveText(text(), "run.log", "text/plain");
  }

  /** Opens at the end, for a run that failed. */
  function openAtEnd() {
    log.flush();
    if (lines.childElementCount === 0) return;
    details.open = true;
    log.toEnd();
  }

  details.addEventListener("toggle", () => {
    if (details.open) log.toEnd();
  });
  return { add, clear, markProgress: log.markBar, openAtEnd };
}

function number(value) {
  return value.toLocaleString("en");
}

function piecesOf(text) {
  return readAnsi(text).map((run) =>
    run.classes.length === 0 ? run.text : el("span", { class: run.classes.join(" ") }, run.text),
  );
}
