// The list of earlier runs: how each stands, its outputs and log again, a way to end it, and to forget it.

import { byId, el, icon, iconButton } from "./dom.js";
import { createKeptRuns } from "./kept-runs.js";

const WORDS = {
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  lost: "The server no longer knows it",
};
/** What a route's own words for states mean here. */
const STATES = { success: "done", error: "failed", canceled: "cancelled" };

/**
 * Builds the list of the route's runs. `onShow(run)` is to follow a run or show what it made; `onCancel(run)` ends it;
 * `lookUp(ids)` asks the route.
 */
export function setUpEarlierRuns({ endpoint, onShow, onCancel, lookUp }) {
  const kept = createKeptRuns({ endpoint, onChange: render });
  const entries = el("ul", { class: "earlier-list" });
  const clear = el(
    "button",
    { type: "button", class: "button small quiet", on: { click: kept.clear } },
    "Clear",
  );
  const panel = byId("earlier");
  panel.replaceChildren(
    el("header", { class: "panel-head" }, el("h3", {}, "Earlier runs"), clear),
    entries,
    el("p", { class: "muted hint" }, "Kept in this browser: values and ids, no files."),
  );
  /** The run that is followed now. */
  let shown = null;
  render();

  function render() {
    const runs = kept.list();
    panel.hidden = runs.length === 0;
    clear.hidden = runs.every(({ state }) => state === "running");
    entries.replaceChildren(...runs.map(entryOf));
  }

  function entryOf(run) {
    const when = new Date(run.at);
    const facts = el(
      "span",
      { class: "muted" },
      WORDS[run.state] ?? WORDS.lost,
      " · ",
      el(
        "time",
        { datetime: when.toISOString() },
        when.toLocaleString([], { timeStyle: "short", dateStyle: "medium" }),
      ),
    );
    const words = el(
      "div",
      { class: "earlier-words" },
      el("bdi", { class: "earlier-name" }, run.name),
      facts,
    );
    return el(
      "li",
      { class: "earlier", dataset: { state: run.state } },
      icon(run.state === "done" ? "image" : "play"),
      words,
      run.state !== "lost" && run.id !== shown && button("Show", () => onShow(run), run),
      run.state === "running" && button("Cancel", () => onCancel(run), run),
      run.state !== "running" &&
        iconButton("close", `Forget the run of ${run.name}`, () => kept.remove(run.id)),
    );
  }

  function button(word, onClick, run) {
    const label = `${word} the run of ${run.name}`;
    return el(
      "button",
      { type: "button", class: "button small", "aria-label": label, on: { click: onClick } },
      word,
    );
  }

  /** Asks how those stand that went on when the page was left, and gives the newest that still does. */
  async function refresh() {
    const running = kept.list().filter(({ state }) => state === "running");
    if (running.length === 0) return null;
    const records = await lookUp(running.map(({ id }) => id));
    const states = new Map(records.map((record) => [record.promptId, record]));
    for (const { id } of running) {
      const record = states.get(id);
      if (!record) kept.mark(id, "lost");
      else if (record.status in STATES) kept.mark(id, STATES[record.status]);
      else if (record.completed) kept.mark(id, "done");
    }
    return kept.list().find(({ state }) => state === "running") ?? null;
  }

  return {
    add: kept.add,
    mark: kept.mark,
    refresh,
    /** @param {string | null} id */
    setShown(id) {
      shown = id;
      render();
    },
  };
}
