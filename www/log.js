// The live log: follows its end unless scrolled up, keeps the last 5,000 lines, shows the last one when closed.

import { byId, el } from "./dom.js";

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
  const last = el("span", { class: "muted last-line" }, "What ComfyUI says during a run");
  const total = el("span", { class: "muted log-count" });
  const details = el("details", {}, el("summary", {}, el("h3", {}, "Log"), last, total), lines);
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
  }

  function append({ text, bar }) {
    if (bar && lastBar) {
      lastBar.textContent = text;
      return;
    }
    const line = el("div", { class: /^error\b/i.test(text) ? "log-error" : null }, text);
    lines.append(line);
    lastBar = bar ? line : null;
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
