// Several runs at once: the same values with new seeds, or a grid over one or two parameters.

import { announce } from "../announce.js";
import { el, icon } from "../dom.js";
import { count, sentence } from "../format.js";
import { createAxis, varying } from "./axis.js";
import { createGrid, shortText } from "./grid.js";
import { cellsOf, runCells, seedsFor } from "./run.js";
import { MOST_CELLS } from "./values.js";

/**
 * Makes the panel. `context` has `session()`, what lies open or null; `prepare(session)`, which gives the client, the request without
 * its parameters, and the parameters, or null where a value needs correcting; `recorder(session)`, `seedsOf(session, result)`, `uses`,
 * `onStart()`, `onProgress(done, all)` and `onEnd()`.
 */
export function createSweepPanel(context) {
  const times = el("input", {
    class: "field field-number sweep-times",
    type: "text",
    inputmode: "numeric",
    value: "4",
    "aria-label": "How many runs",
    on: { input: update },
  });
  const timesRow = el("label", { class: "sweep-times-row" }, el("span", { class: "muted" }, "Runs"), times);
  const across = createAxis({ label: "What varies", first: { seeds: "New seeds" }, onChange: update });
  const down = createAxis({ label: "and", first: { none: "nothing else" }, onChange: update });
  const atOnce = el(
    "select",
    { class: "field", "aria-label": "Runs at once" },
    [1, 2, 3, 4].map((number) =>
      el("option", { value: number, selected: number === 2 }, `${number} at once`),
    ),
  );
  const problem = el("p", { class: "problem", role: "status" });
  const start = el("button", { type: "button", class: "button primary", on: { click: run } }, "Run");
  const cancelAll = el(
    "button",
    { type: "button", class: "button", hidden: true, on: { click: cancel } },
    "Cancel all",
  );
  const saveAll = el(
    "button",
    { type: "button", class: "button small", hidden: true, on: { click: save } },
    icon("save"),
    "Save the grid",
  );
  const place = el("div", { class: "sweep-place" });
  const element = el(
    "div",
    { class: "sweep" },
    across.element,
    timesRow,
    down.element,
    problem,
    el("div", { class: "sweep-buttons" }, atOnce, start, cancelAll, saveAll),
    place,
  );
  let controller = null;
  let grid = null;
  let names = [];
  sessionChanged();

  function sessionChanged() {
    const inputs = varying(context.session()?.workflow.inputs ?? []);
    across.fill(inputs);
    down.fill(inputs);
    update();
  }

  /** What would run, and whether it can. */
  function plan() {
    const session = context.session();
    if (session === null) return { problem: "Open a workflow to run it." };
    const second = down.read();
    const seeds = across.value() === "seeds";
    const first = seeds ? timesAxis(session) : across.read();
    const axes = [first, second].filter((axis) => axis !== null);
    const wrong = axes.find((axis) => axis.problem);
    if (wrong) return { problem: wrong.label ? `${wrong.label}: ${wrong.problem}` : wrong.problem };
    if (second && first.key === second.key) return { problem: "Both axes are the same parameter." };
    const cells = axes.reduce((product, { values }) => product * values.length, 1);
    if (cells > MOST_CELLS) return { problem: `${cells} runs are too many; at most ${MOST_CELLS} fit.` };
    return { session, axes, cells, problem: "" };
  }

  function timesAxis(session) {
    const wanted = Number(times.value);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_CELLS)
      return { label: "", problem: `The number of runs is from 1 to ${MOST_CELLS}.` };
    if (!session.workflow.inputs.some(({ kind }) => kind === "seed"))
      return { label: "", problem: "This workflow has no seed: choose a parameter to vary." };
    return {
      key: null,
      label: "Seed",
      values: Array.from({ length: wanted }, (_, at) => at + 1),
      problem: "",
    };
  }

  function update() {
    timesRow.hidden = across.value() !== "seeds";
    if (controller) return;
    const { cells, problem: words } = plan();
    problem.textContent = words;
    start.disabled = words !== "";
    start.textContent = cells ? `Run ${cells}` : "Run";
  }

  async function run() {
    const { session, axes, problem: words } = plan();
    const prepared = words === "" && prepare(session);
    if (!prepared) return;
    const cells = cellsOf(seedsFor(axes, session));
    controller = new AbortController();
    grid?.release();
    grid = createGrid(headings(axes, cells), context.uses);
    names = cells.map((cell) => cell.map(({ label, value }) => `${label}=${shortText(value)}`).join(", "));
    place.replaceChildren(grid.element);
    setRunning(true);
    context.onStart();
    let ended = 0;
    let failed = 0;
    await runCells({
      ...prepared,
      cells,
      concurrency: Number(atOnce.value),
      signal: controller.signal,
      recorder: () => context.recorder(session),
      grid,
      seedsOf: (result) => context.seedsOf(session, result),
      onEnded(error) {
        ended += 1;
        if (error) failed += 1;
        context.onProgress(ended, cells.length);
      },
    });
    const cancelled = controller.signal.aborted;
    controller = null;
    setRunning(false);
    saveAll.hidden = grid.outputs().length === 0;
    context.onEnd();
    announce(
      cancelled
        ? "The runs were cancelled."
        : `${count(cells.length, "run")} ended${failed > 0 ? `, ${failed} failed` : ""}.`,
    );
  }

  /** The package refuses a wrong value before anything is sent. */
  function prepare(session) {
    try {
      return context.prepare(session);
    } catch (error) {
      problem.textContent = sentence(String(error?.message ?? error));
      return null;
    }
  }

  /** New seeds stand above their column once they are drawn. */
  function headings(axes, cells) {
    const [first, second] = axes;
    if (first.key !== null) return axes;
    const drawn = cells.slice(0, first.values.length).map((cell) => cell[0].value);
    return second ? [{ ...first, values: drawn }, second] : [{ ...first, values: drawn }];
  }

  function setRunning(on) {
    for (const axis of [across, down]) axis.enable(!on);
    times.disabled = on;
    atOnce.disabled = on;
    const hadFocus = document.activeElement === start || document.activeElement === cancelAll;
    start.hidden = on;
    cancelAll.hidden = !on;
    saveAll.hidden = true;
    if (hadFocus) (on ? cancelAll : start).focus();
    if (!on) update();
  }

  function cancel() {
    controller?.abort();
  }

  async function save() {
    saveAll.disabled = true;
    const made = grid.outputs();
    try {
      const { saveZip } = await import("../gallery/zip.js");
      await saveZip(
        made.map(({ output }) => output),
        { names: made.map(({ at, output }) => `${at + 1} ${names[at]} ${output.filename}`), as: "grid.zip" },
      );
    } catch {
      problem.textContent = "The files cannot be fetched from here.";
    }
    saveAll.disabled = false;
  }

  return { element, sessionChanged, active: () => controller !== null, cancel };
}
