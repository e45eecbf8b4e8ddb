// The list of earlier runs: how each stands, what it made, its values again, and a way to end it and to forget it.

import { byId, el, icon, iconButton } from "../dom.js";
import { duration } from "../format.js";
import { createComparisonBar } from "./comparison-bar.js";

const WORDS = {
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  lost: "The server no longer knows it",
};

/**
 * Builds the list. `on` has `show(run)`, `cancel(run)`, `restore(run)`, `repeat(run)`, `compare(runs)` and `grid(runs)`;
 * `canShow(run)` says whether its outputs are kept or its server can be asked.
 */
export function setUpRunList({ kept, on, canShow }) {
  const entries = el("ul", { class: "earlier-list" });
  const chosen = new Set();
  const pictures = new Map();
  const bar = createComparisonBar({
    onCompare: () => on.compare(chosenRuns()),
    onGrid: () => on.grid(chosenRuns()),
  });
  const clear = clearButton(() => kept.remove(ended().map(({ id }) => id)));
  const note = el("p", { class: "muted hint" });
  const panel = byId("earlier");
  panel.replaceChildren(
    el("header", { class: "panel-head" }, el("h3", {}, "Earlier runs"), clear),
    entries,
    bar.element,
    note,
  );
  /** The run that is followed or shown now. */
  let shown = null;
  render();

  function ended() {
    return kept.list().filter(({ state }) => state !== "running");
  }

  function chosenRuns() {
    return kept.list().filter(({ id }) => chosen.has(id));
  }

  function render() {
    const runs = kept.list();
    const ids = new Set(runs.map(({ id }) => id));
    for (const id of chosen) if (!ids.has(id)) chosen.delete(id);
    forgetPictures(ids);
    panel.hidden = runs.length === 0;
    const focused = focusedIn(entries);
    entries.replaceChildren(...runs.map(entryOf));
    refocus(focused);
    note.textContent =
      kept.trouble() ||
      "Kept in this browser: values, files and what was made, up to 60 runs and 256 MB. Nothing is uploaded.";
    clear.hidden = ended().length === 0;
    showChosen();
  }

  function showChosen() {
    bar.show(chosen.size, kept.list().filter(isComparable).length);
  }

  function entryOf(run) {
    const running = run.state === "running";
    return el(
      "li",
      { class: "earlier", dataset: { state: run.state, run: run.id } },
      isComparable(run) ? choice(run) : el("span", { class: "earlier-choice" }),
      pictureOf(run),
      el("div", { class: "earlier-words" }, el("bdi", { class: "earlier-name" }, run.name), factsOf(run)),
      el(
        "div",
        { class: "earlier-actions" },
        canShow(run) && run.id !== shown && button("Show", on.show, run),
        running && button("Cancel", on.cancel, run),
        !running && button("Restore", on.restore, run),
        !running && button("Repeat", on.repeat, run),
        !running && iconButton("close", `Forget ${nameOf(run)}`, () => kept.remove([run.id])),
      ),
    );
  }

  function choice(run) {
    const box = el("input", {
      type: "checkbox",
      "aria-label": `Choose ${nameOf(run)} for a comparison`,
      checked: chosen.has(run.id),
    });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(run.id);
      else chosen.delete(run.id);
      showChosen();
    });
    return el("label", { class: "earlier-choice" }, box);
  }

  function pictureOf(run) {
    if (!run.picture)
      return el("span", { class: "earlier-picture" }, icon(run.state === "done" ? "file" : "play"));
    if (!pictures.has(run.id)) pictures.set(run.id, URL.createObjectURL(run.picture));
    return el("img", { class: "earlier-picture", src: pictures.get(run.id), alt: "", loading: "lazy" });
  }

  function forgetPictures(ids) {
    for (const [id, address] of pictures) {
      if (ids.has(id)) continue;
      URL.revokeObjectURL(address);
      pictures.delete(id);
    }
  }

  /** The list is made anew when a run ends: the place of the focus stays. */
  function refocus(place) {
    if (place === null) return;
    const entry = entries.querySelector(`[data-run="${CSS.escape(place.run)}"]`);
    const again = [...(entry?.querySelectorAll("button, input") ?? [])].find(
      (candidate) => candidate.getAttribute("aria-label") === place.label,
    );
    const next =
      again ?? entry?.querySelector("button, input") ?? panel.querySelector("button:not([hidden])");
    if (next instanceof HTMLElement) next.focus();
  }

  return {
    render,
    /** @param {string | null} id */
    setShown(id) {
      shown = id;
      render();
    },
  };
}

function focusedIn(list) {
  const focused = document.activeElement;
  if (!list.contains(focused)) return null;
  return {
    run: /** @type {HTMLElement} */ (focused.closest("[data-run]")).dataset.run,
    label: focused.getAttribute("aria-label"),
  };
}

function isComparable({ outputs }) {
  return outputs.length > 0;
}

function clearButton(onClick) {
  return el(
    "button",
    { type: "button", class: "button small quiet", hidden: true, on: { click: onClick } },
    "Clear",
  );
}

function button(word, onClick, run) {
  const label = `${word} ${nameOf(run)}`;
  return el(
    "button",
    { type: "button", class: "button small quiet", "aria-label": label, on: { click: () => onClick(run) } },
    word,
  );
}

/** Told apart from the other runs of its workflow also where only its name is heard. */
function nameOf({ name, at }) {
  return `the run of ${name} at ${new Date(at).toLocaleTimeString()}`;
}

function factsOf(run) {
  const when = new Date(run.at);
  const time = el(
    "time",
    { datetime: when.toISOString() },
    when.toLocaleString([], { timeStyle: "short", dateStyle: "medium" }),
  );
  const took = run.seconds === null ? "" : ` · ${duration(run.seconds)}`;
  const seeds = run.seeds.map(({ value }) => value).join(", ");
  return el(
    "span",
    { class: "muted earlier-facts" },
    WORDS[run.state] ?? WORDS.lost,
    " · ",
    time,
    took,
    seeds && [" · seed ", el("code", {}, seeds)],
  );
}
