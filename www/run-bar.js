// Run, Cancel, and where the run stands: always in the same place, the same size.

import { byId, el, icon } from "./dom.js";
import { count, duration } from "./format.js";

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** Builds the bar; `show` gets the run's state, `progress` a step, `summary` what would be sent. */
export function setUpRunBar({ whatRuns, onRun, onCancel }) {
  const run = button("primary run-button", "Run", isMac ? "⌘ ↵" : "Ctrl ↵", onRun);
  run.prepend(icon("play"));
  run.setAttribute("aria-keyshortcuts", "Control+Enter");
  const cancel = button("cancel-button", "Cancel", "Esc", onCancel);
  const words = el("span", { class: "status-words" }, "Open a workflow to run it");
  const numbers = el("span", { class: "status-numbers mono" });
  const fill = el("span", { class: "bar-fill" });
  const bar = el("div", {
    class: "bar",
    role: "progressbar",
    "aria-label": "Run",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  bar.append(fill);
  byId("run-bar").replaceChildren(
    whatRuns.element,
    el("div", { class: "run-buttons" }, run, cancel),
    el("div", { class: "status" }, words, numbers),
    bar,
  );

  let startedAt = 0;
  let ticker = 0;
  let step = null;

  function show(state, facts = {}) {
    byId("run").dataset.run = state;
    const active = ["sending", "waiting", "running"].includes(state);
    if (state === "sending") begin();
    if (!active) end();
    enable(cancel, active);
    enable(run, !active);
    words.textContent = sentence(state, facts);
    words.classList.toggle("bad", state === "failed");
    if (state !== "running") setBar(state === "done" ? 100 : null);
    bar.classList.toggle("busy", active && (state !== "running" || step === null));
    tick();
  }

  function begin() {
    startedAt = performance.now();
    step = null;
    ticker = setInterval(tick, 500);
  }

  function end() {
    clearInterval(ticker);
    ticker = 0;
  }

  function tick() {
    if (ticker === 0) return;
    const parts = step ? stepParts(step) : [];
    parts.splice(step ? 1 : 0, 0, duration(elapsed()));
    numbers.textContent = parts.join(" · ");
  }

  function elapsed() {
    return startedAt === 0 ? 0 : (performance.now() - startedAt) / 1000;
  }

  function progress(next) {
    step = next;
    bar.classList.toggle("busy", next.percent === null);
    setBar(next.percent);
    words.textContent = "Running";
    tick();
  }

  function setBar(percent) {
    fill.style.width = `${percent ?? 0}%`;
    if (percent === null) bar.removeAttribute("aria-valuenow");
    else bar.setAttribute("aria-valuenow", String(Math.round(percent)));
  }

  function sentence(state, facts) {
    const took = duration(elapsed());
    switch (state) {
      case "sending":
        return "Sending";
      case "waiting":
        return "Starting up. The first run after a pause can take minutes";
      case "running":
        return "Running";
      case "done":
        numbers.textContent = duration(facts.result.executionTimeSeconds ?? elapsed());
        return `Done, ${count(facts.result.outputs.length, "output")}`;
      case "cancelled":
        numbers.textContent = "";
        return `Cancelled after ${took}. Nothing more will arrive.`;
      case "failed":
        numbers.textContent = "";
        return `Failed after ${took}`;
      default:
        return "";
    }
  }

  function summary(text) {
    words.textContent = text;
    words.classList.remove("bad");
    numbers.textContent = "";
    setBar(null);
  }

  return { show, progress, summary, enable: (on) => enable(run, on), elapsed, focus: () => run.focus() };
}

/** A button that goes out of use keeps the focus: a person who pressed it is not sent to the top of the page. */
function enable(button, on) {
  button.setAttribute("aria-disabled", String(!on));
}

function isEnabled(button) {
  return button.getAttribute("aria-disabled") !== "true";
}

/** `keys` is drawn beside the name by the style sheet, out of screen readers' way. */
function button(style, name, keys, onClick) {
  const props = { type: "button", class: `button ${style}`, "aria-disabled": "true", dataset: { keys } };
  const made = el("button", { ...props, on: { click: () => isEnabled(made) && onClick() } }, name);
  return made;
}

function stepParts({ step, total, remainingSeconds }) {
  const parts = [total === null ? String(step) : `${step}/${total}`];
  if (remainingSeconds !== null && remainingSeconds >= 1) parts.push(`~${duration(remainingSeconds)} left`);
  return parts;
}
