// Run, Cancel, and how the run stands. Both buttons stay where they are.

import { button, el } from "./dom.js";
import { say } from "./strings.js";

export function createBar(words, onCancel) {
  const run = el("button", { type: "submit", class: "primary", part: "button run" }, words.run);
  const cancel = button(words.cancel, onCancel, { part: "button cancel", disabled: true });
  const status = el("span", { role: "status", part: "status" });
  const figures = el("span", { class: "figures", part: "figures" });
  const bar = el("progress", { part: "progress", max: 100, "aria-label": words.progress, hidden: true });
  const element = el(
    "div",
    { class: "run", part: "bar" },
    run,
    cancel,
    el("p", {}, status, " ", figures),
    bar,
  );

  /** @param {"sending" | "waiting" | "running" | "done" | "cancelled" | "failed"} state */
  function show(state) {
    const isGoing = ["sending", "waiting", "running"].includes(state);
    // A disabled button loses the focus to nothing; a run's end gives it back to Run.
    const focused = element.getRootNode().activeElement;
    run.disabled = isGoing;
    cancel.disabled = !isGoing;
    if (isGoing && focused === run) cancel.focus();
    if (!isGoing && focused === cancel) run.focus();
    status.textContent = words[state];
    bar.hidden = !isGoing;
    if (state === "sending" || !isGoing) {
      figures.textContent = "";
      bar.removeAttribute("value");
    }
  }

  function progress({ step, total, percent, remainingSeconds }) {
    if (percent !== null) bar.value = percent;
    const parts = [total !== null && say(words.step, { step, total })];
    if (remainingSeconds >= 1) parts.push(say(words.remaining, { seconds: Math.round(remainingSeconds) }));
    figures.textContent = parts.filter(Boolean).join(", ");
  }

  return { element, show, progress };
}
