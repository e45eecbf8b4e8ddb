// The page's wiring: what lies open, what a run sends, and who is told.

import { announce } from "./announce.js";
import { setUpCode } from "./code.js";
import { apiName } from "./conversion.js";
import { deployment } from "./deployment.js";
import { setUpDeploymentSettings } from "./deployment-settings.js";
import { createDesk } from "./desk.js";
import { byId } from "./dom.js";
import { clearFailure, showFailure } from "./failure.js";
import { count, duration } from "./format.js";
import { setUpIntake } from "./intake.js";
import { loadLibrary } from "./library.js";
import { setUpLog } from "./log.js";
import { reserveStage, setStale, setUpOutputs, showOutputs } from "./outputs.js";
import { createRunner, paramsToSend } from "./run.js";
import { setUpRunBar } from "./run-bar.js";
import { scrollBehavior } from "./scroll.js";
import { createServer } from "./server.js";
import { setUpSettings } from "./settings.js";
import { setUpShortcuts } from "./shortcuts.js";
import { setUpTheme } from "./theme.js";
import { namedSize } from "./workflow.js";

// What can be run now: { workflow, changes, … }, or null.
let opened = null;
let view = null;
let runner = null;
// The session of the present or last run, which another may have been opened over.
let ran = null;
let saidQuarter = 0;

setUpTheme();
setUpOutputs();
const log = setUpLog();
const code = setUpCode();
const bar = setUpRunBar({ onRun: run, onCancel: cancel });
const settings = (deployment ? setUpDeploymentSettings : setUpSettings)({ onChange: () => refresh() });
const server = createServer({
  onChange: (known) => desk.definitionsChanged(known),
  pick: () => intake.openPicker(),
});
const desk = createDesk({
  server,
  onOpen: show,
  onChange: () => refresh(),
  onAnother: () => intake.openPicker(),
});
const intake = setUpIntake({ onSources: desk.take });
setUpShortcuts({ run, cancel, active: () => runner?.active() ?? false });
setUpOffline();
refresh();
// Begin loading now: a file is then read at once.
loadLibrary().catch(() => {});
if (deployment) begin(deployment);

/** What the page's own server has for it: a ComfyUI server's definitions first, which the workflow is then looked at with. */
async function begin({ definitions, workflow, host }) {
  if (definitions) await server.load({ definitions, host });
  if (workflow) await desk.take([{ name: workflow.name, source: contentOf(workflow.address) }]);
}

async function contentOf(address) {
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(`The workflow could not be loaded: the server answered ${response.status}.`);
  return response.arrayBuffer();
}

/** A workflow was opened, or a diff of two, which has nothing to run. */
function show(session, sessionView) {
  opened = session?.workflow ? session : null;
  view = sessionView;
  settings.mustSend(Boolean(opened?.conversion));
  if (opened) runner ??= createRunner(opened.library, { state: onState, log: log.add, progress: onProgress });
  if (!runner?.active()) {
    clearFailure();
    bar.enable(opened !== null);
    bar.summary(session ? "It could not be converted, so it cannot run" : "Open one of the two to run it");
  }
  refresh();
}

function refresh() {
  if (!opened) {
    code.update({ workflowName: "workflow_api.json", params: {}, ...settings.read() });
    return;
  }
  const { workflow, changes } = opened;
  code.update({
    workflowName: fileNameOf(opened),
    params: paramsToSend(workflow, changes),
    ...settings.read(),
  });
  if (runner?.active()) return;
  reserveStage(namedSize(workflow, changes));
  bar.summary(summaryOf(workflow, changes));
}

/** What the workflow's file in API format is called in the code. */
function fileNameOf({ workflow, conversion }) {
  if (conversion) return apiName(workflow.name);
  return workflow.name.endsWith(".json") ? workflow.name : "workflow_api.json";
}

function summaryOf(workflow, changes) {
  if (changes.firstProblem() !== undefined) return "A value needs correcting first";
  if (changes.size > 0) return `Ready. ${count(changes.size, "change")} will be sent`;
  return workflow.inputs.some((input) => input.kind === "seed")
    ? "Ready. Nothing changed: a new seed is drawn"
    : "Ready";
}

function run() {
  if (!opened || runner?.active()) return;
  const problem = opened.changes.firstProblem();
  if (problem !== undefined) {
    view.focusKey(problem);
    return;
  }
  clearFailure();
  log.clear();
  setStale(true);
  saidQuarter = 0;
  ran = opened;
  runner.start({
    workflow: opened.workflow,
    params: paramsToSend(opened.workflow, opened.changes),
    settings: settings.read(),
  });
}

function cancel() {
  runner?.cancel();
}

function onState(state, facts = {}) {
  bar.show(state, facts);
  if (opened === null) bar.enable(false);
  if (state === "sending") announce("Run started.");
  if (state === "waiting" && facts.seconds < 10)
    announce(deployment?.kind === "comfyui" ? "Waiting for ComfyUI." : "The deployment is starting up.");
  if (state === "cancelled") announce("Run cancelled.");
  if (state === "failed") fail(facts.error);
  if (state === "done") finish(facts.result);
}

function onProgress(progress) {
  log.markProgress();
  bar.progress(progress);
  const quarter = Math.floor((progress.percent ?? 0) / 25);
  if (quarter <= saidQuarter || quarter > 3) return;
  saidQuarter = quarter;
  announce(`${quarter * 25} percent.`);
}

async function finish(result) {
  await showOutputs(result, seedsOf(result));
  announce(`Done: ${count(result.outputs.length, "output")} after ${duration(bar.elapsed())}.`);
  bringIntoView("outputs");
}

function fail(error) {
  showFailure(error, { goTo, onRetry: run, onSettings: settings.open });
  log.openAtEnd();
  bringIntoView("failure");
}

/** The seeds a run used, drawn or typed, each with a way to keep it. */
function seedsOf(result) {
  const { workflow, changes } = ran;
  const values = result.sent?.values ?? {};
  const seeds = workflow.inputs.filter((input) => input.kind === "seed" && input.key in values);
  return seeds.map((input) => ({
    label: input.label,
    value: values[input.key],
    keep: input.key in result.sent.seeds ? () => changes.set(input.key, values[input.key]) : null,
  }));
}

function goTo(nodeId, name) {
  if (ran !== opened) return null;
  const node = ran.workflow.nodes.find((candidate) => candidate.id === nodeId);
  const input = node?.inputs.find((candidate) => candidate.name === name) ?? node?.inputs[0];
  return input ? () => view.goTo(nodeId, name) : null;
}

/** In one column the run side is far below the parameters. */
function bringIntoView(id) {
  if (!matchMedia("(max-width: 899px)").matches) return;
  byId(id).scrollIntoView({ block: "start", behavior: scrollBehavior() });
}

function setUpOffline() {
  const update = () => (byId("offline").hidden = navigator.onLine);
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
}
