// The live log: follows its end unless scrolled up, keeps the last 5,000 lines, shows the last one when closed.

import { announce } from "./announce.js";
import { plainText, readAnsi } from "./ansi.js";
import { byId, el, icon } from "./dom.js";
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
    el("button", { type: "button", class: "button small", on: { click: copy } }, icon("copy"), copied),
    el(
      "button",
      { type: "button", class: "button small", "aria-label": "Download the log", on: { click: download } },
      icon("save"),
      "Download",
    ),
  );
  const details = el("details", {}, el("summary", {}, el("h3", {}, "Log"), last, total), tools, lines);
  byId("log").replaceChildren(details);

  let pending = [];
  let frame = 0;
  let received = 0;
  let lastBar = null;

  function clear() {
    lines.replaceChildren();
    pending = [];
    received = 0;
    lastBar = null;
    last.classList.remove("mono");
    last.textContent = "Nothing yet";
    total.textContent = "";
    tellFound();
  }

  function add(line) {
    received += 1;
    pending.push({ text: line, bar: false });
    if (frame === 0) frame = requestAnimationFrame(flush);
  }

  /** The line just added was a progress bar: as in a terminal, it takes the place of the one before it. */
  function markProgress() {
    const entry = pending.at(-1);
    if (entry) entry.bar = true;
  }

  function flush() {
    frame = 0;
    const following = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 24;
    for (const entry of pending.splice(0).slice(-LIMIT)) append(entry);
    while (lines.childElementCount > LIMIT) lines.firstElementChild.remove();
    if (following) lines.scrollTop = lines.scrollHeight;
    last.classList.add("mono");
    last.textContent = lines.lastElementChild?.textContent.trim() ?? "";
    total.textContent =
      received > LIMIT ? `last ${LIMIT.toLocaleString("en")} of ${received.toLocaleString("en")}` : "";
    tellFound();
  }

  function append({ text, bar }) {
    if (bar && lastBar) {
      lastBar.replaceChildren(...piecesOf(text));
      lastBar.hidden = !fits(lastBar);
      return;
    }
    const isError = /^error\b/i.test(plainText(text));
    const line = el("div", { dir: "auto", class: isError ? "log-error" : null }, piecesOf(text));
    line.hidden = !fits(line);
    lines.append(line);
    lastBar = bar ? line : null;
  }

  function fits(line) {
    return filter.value === "" || line.textContent.toLowerCase().includes(filter.value.toLowerCase());
  }

  function filterAll() {
    for (const line of lines.children) line.hidden = !fits(line);
    tellFound();
  }

  function tellFound() {
    const number = (value) => value.toLocaleString("en");
    found.textContent =
      filter.value === "" ? "" : `${number(shownLines().length)} of ${number(lines.childElementCount)}`;
  }

  function shownLines() {
    return [...lines.children].filter((line) => !line.hidden);
  }

  /** What is shown, as text: with a filter, what it lets through. */
  function text() {
    if (pending.length > 0) flush();
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
    flush();
    if (lines.childElementCount === 0) return;
    details.open = true;
    lines.scrollTop = lines.scrollHeight;
  }

  details.addEventListener("toggle", () => {
    if (details.open) lines.scrollTop = lines.scrollHeight;
  });
  return { add, clear, markProgress, openAtEnd };
}

function piecesOf(text) {
  return readAnsi(text).map((run) =>
    run.classes.length === 0 ? run.text : el("span", { class: run.classes.join(" ") }, run.text),
  );
}
