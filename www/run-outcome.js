// What the page says and shows while a run goes on, and how it ended: the bar, the title, the log, the outputs, the failure.

import { announce } from "./announce.js";
import { deployment } from "./deployment.js";
import { showFailure } from "./failure.js";
import { count, duration } from "./format.js";
import { endPreview, showOutputs } from "./outputs.js";
import { refusedFields } from "./refused-fields.js";
import { createResultView } from "./result-view.js";
import { ACTIVE } from "./run.js";
import { restoreTitle, titleWhileRunning } from "./tab-title.js";
import { seedTexts, usedSeeds } from "./used-seeds.js";

/**
 * Makes the runner's `state` and `progress`. `ran()` is the session of the run, `view()` its view where it still lies open, else
 * null; `isOpen()` says whether anything can be run.
 */
export function createOutcome({ bar, settings, log, earlier, ran, view, isOpen, onEnd, onRetry }) {
  const resultView = createResultView();
  let saidQuarter = 0;

  function state(name, facts = {}) {
    bar.show(name, facts);
    settings.setBusy?.(ACTIVE.has(name));
    if (!isOpen()) bar.enable(false);
    if (["sending", "waiting"].includes(name)) titleWhileRunning(null);
    if (name === "sending") begin();
    if (name === "waiting" && facts.seconds < 10)
      announce(deployment?.kind === "comfyui" ? "Waiting for ComfyUI." : "The deployment is starting up.");
    if (name === "cancelled") announce("Run cancelled.");
    if (!ACTIVE.has(name)) end(name, facts);
    if (name === "failed") fail(facts.error);
    if (name === "done") finish(facts.result);
  }

  function begin() {
    saidQuarter = 0;
    resultView.begin();
    announce("Run started.");
  }

  function end(name, { result = null, error = null } = {}) {
    restoreTitle();
    onEnd();
    if (name !== "done") endPreview();
    // What broke off on the way may go on at the server.
    const goesOn = ["network", "timeout", "stream_ended"].includes(error?.code);
    const standing = goesOn ? "running" : error?.code === "unknown_run" ? "lost" : name;
    const seeds = result && ran() ? seedTexts(ran(), result) : [];
    earlier.ended(standing, { result, seeds, seconds: bar.elapsed() });
  }

  function progress(step) {
    log.markProgress();
    bar.progress(step);
    titleWhileRunning(step.percent);
    const quarter = Math.floor((step.percent ?? 0) / 25);
    if (quarter <= saidQuarter || quarter > 3) return;
    saidQuarter = quarter;
    announce(`${quarter * 25} percent.`);
  }

  async function finish(result) {
    await showOutputs(result, ran() ? usedSeeds(ran(), result) : []);
    announce(`Done: ${count(result.outputs.length, "output")} after ${duration(bar.elapsed())}.`);
    resultView.bring("outputs");
  }

  function fail(error) {
    showFailure(error, {
      fieldOf,
      labelOf: (key) => ran()?.labelOf(key) ?? null,
      onRetry,
      onSettings: settings.open,
    });
    log.openAtEnd();
    if (!markRefused(error)) resultView.bring("failure");
  }

  /** Marks the fields that a run was refused for and goes to the first; false when there is none to go to. */
  function markRefused(error) {
    if (view() === null) return false;
    const refused = refusedFields(error, ran());
    ran().changes.setRemarks(refused.map(({ key, words }) => [key, words]));
    if (refused.length === 0) return false;
    view().focusKey(refused[0].key);
    return true;
  }

  /** A parameter as the form names it, and the way to it; of a node as a whole, its first. */
  function fieldOf(nodeId, name) {
    if (view() === null) return null;
    const node = ran().workflow.nodes.find((candidate) => candidate.id === nodeId);
    const input = node?.inputs.find((candidate) => candidate.name === name);
    const place = input ?? node?.inputs[0];
    if (!place) return null;
    return {
      label: input ? ran().labelOf(input.key) : node.title,
      show: () => view()?.goTo(nodeId, name),
    };
  }

  return { state, progress };
}
