// The page's wiring: what lies open, what a run sends, and who is told.

import { announce } from "./announce.js";
import { redoStep, undoStep } from "./change-steps.js";
import { setUpCode } from "./code.js";
import { apiName } from "./conversion.js";
import { deployment } from "./deployment.js";
import { setUpDeploymentSettings } from "./deployment-settings.js";
import { createDesk } from "./desk.js";
import { byId } from "./dom.js";
import { setUpEarlierRuns } from "./earlier-runs.js";
import { createEdits } from "./edits.js";
import { clearFailure, showFailure } from "./failure.js";
import { setUpFocus } from "./focus.js";
import { count, duration } from "./format.js";
import { setUpIntake } from "./intake.js";
import { setUpLeaving } from "./leaving.js";
import { loadLibrary } from "./library.js";
import { setUpLog } from "./log.js";
import { endPreview, reserveStage, setStale, setUpOutputs, showOutputs, showPreview } from "./outputs.js";
import { paramsToSend, summaryOf } from "./params-sent.js";
import { refusedFields } from "./refused-fields.js";
import { ACTIVE, createRunner } from "./run.js";
import { setUpRunBar } from "./run-bar.js";
import { scrollBehavior } from "./scroll.js";
import { createServer } from "./server.js";
import { setUpSettings } from "./settings.js";
import { leaveSharedLink, setUpSharedLinks } from "./share/address.js";
import { setUpShortcuts } from "./shortcuts.js";
import { setUpTheme } from "./theme.js";
import { setUpUnfinished } from "./unfinished.js";
import { createWhatRuns } from "./what-runs.js";
import { namedSize } from "./workflow.js";

// What can be run now: { workflow, changes, … }, or null.
let opened = null;
let view = null;
let runner = null;
// The session of the present or last run, which another may have been opened over.
let ran = null;
// The id of the run that is followed, where its route tells it.
let followed = null;
let saidQuarter = 0;

setUpTheme();
setUpFocus();
setUpOutputs();
const log = setUpLog();
const code = setUpCode();
const whatRuns = createWhatRuns({
  // A ComfyUI server runs what it is given; it has a workflow of its own only where this page's server gave it one.
  isChoice: () => deployment?.kind !== "comfyui" || deployment.workflow !== null,
  onChange: () => refresh(),
});
const bar = setUpRunBar({ whatRuns, onRun: run, onCancel: cancel });
const settings = (deployment ? setUpDeploymentSettings : setUpSettings)({
  whatRuns,
  onChange: () => refresh(),
  onPlace: () => changePlace(),
});
const server = createServer({
  onChange: (known) => desk.definitionsChanged(known),
  pick: () => intake.openPicker(),
});
const desk = createDesk({
  server,
  edits: createEdits(),
  onOpen: show,
  onChange: () => refresh(),
  onAnother: () => intake.openPicker(),
});
const intake = setUpIntake({
  onSources: (sources, way) => {
    leaveSharedLink();
    return desk.take(sources, way);
  },
});
setUpShortcuts({
  run,
  cancel,
  undo: () => opened && undoStep(opened.changes),
  redo: () => opened && redoStep(opened.changes),
  active: () => runner?.active() ?? false,
});
setUpUnfinished({ open: (name, text) => desk.take([{ name, source: text }]) });
// A run with an id is found again by the list of earlier runs.
setUpLeaving({ loses: () => (runner?.active() ?? false) && followed === null });
// What was typed until a field is left is one step back.
document.addEventListener("focusout", () => opened?.changes.endStep());
let earlier = deployment && listEarlierRuns();
setUpOffline();
refresh();
// Begin loading now: a file is then read at once.
loadLibrary().then(findRuns, () => {});
if (deployment) begin(deployment);
setUpSharedLinks(desk.take);

function listEarlierRuns() {
  const { endpoint } = deployment;
  return setUpEarlierRuns({
    endpoint,
    onShow: showEarlier,
    onCancel: cancelEarlier,
    lookUp: async (ids) => (await runnerOf()).clientOf(settings.read()).lookUp(ids),
  });
}

/** Runs go elsewhere from now on: other runs were begun there, and perhaps it knows other classes. */
function changePlace() {
  clearFailure();
  whatRuns.show();
  earlier = listEarlierRuns();
  refresh();
  findRuns();
  if (deployment.definitions) server.load(deployment);
}

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
  whatRuns.mustSend(Boolean(opened?.conversion));
  if (opened) makeRunner(opened.library);
  if (!runner?.active()) {
    clearFailure();
    bar.enable(opened !== null);
    bar.summary(session ? "It could not be converted, so it cannot run" : "Open one of the two to run it");
  }
  refresh();
}

function makeRunner(library) {
  const on = { state: onState, log: log.add, progress: onProgress, preview: showPreview, opened: onOpened };
  runner ??= createRunner(library, on);
  return runner;
}

async function runnerOf() {
  return makeRunner(await loadLibrary());
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

function run() {
  if (!opened || runner?.active()) return;
  const problem = opened.changes.firstProblem();
  if (problem !== undefined) {
    view.focusKey(problem);
    return;
  }
  if (!settings.ready()) return;
  clearFor(opened);
  runner.start({
    workflow: opened.workflow,
    params: paramsToSend(opened.workflow, opened.changes),
    settings: settings.read(),
    objectInfo: opened.known.objectInfo,
  });
}

function clearFor(session) {
  if (byId("failure").contains(document.activeElement)) bar.focus();
  clearFailure();
  ran?.changes.setRemarks([]);
  log.clear();
  setStale(true);
  saidQuarter = 0;
  ran = session;
  follow(null);
}

function follow(promptId) {
  followed = promptId;
  earlier?.setShown(promptId);
}

function cancel() {
  runner?.cancel();
}

function onOpened({ promptId, sent }) {
  if (promptId === null || !earlier) return;
  if (sent && ran) earlier.add({ id: promptId, name: ran.workflow.name, values: sent.json });
  follow(promptId);
}

/** After a reload: how the runs stand that went on, and on with the newest of them. */
async function findRuns() {
  try {
    const going = await earlier?.refresh();
    if (going) await showEarlier(going);
  } catch {
    // The list stays as it is, and a press on Show says why.
  }
}

async function showEarlier({ id }) {
  const itsRunner = await runnerOf();
  if (itsRunner.active()) return;
  clearFor(null);
  follow(id);
  itsRunner.resume({ promptId: id, settings: settings.read() });
}

async function cancelEarlier({ id }) {
  if (id === followed) return cancel();
  const client = (await runnerOf()).clientOf(settings.read());
  const canceled = await client.cancel(id).catch(() => false);
  if (canceled) earlier.mark(id, "cancelled");
  else await earlier.refresh().catch(() => {});
}

function onState(state, facts = {}) {
  bar.show(state, facts);
  settings.setBusy?.(ACTIVE.has(state));
  if (opened === null) bar.enable(false);
  if (state === "sending") announce("Run started.");
  if (state === "waiting" && facts.seconds < 10)
    announce(deployment?.kind === "comfyui" ? "Waiting for ComfyUI." : "The deployment is starting up.");
  if (state === "cancelled") announce("Run cancelled.");
  if (["cancelled", "failed", "done"].includes(state)) endFollowing(state, facts.error);
  if (state === "failed") fail(facts.error);
  if (state === "done") finish(facts.result);
}

function endFollowing(state, error) {
  if (state !== "done") endPreview();
  // What broke off on the way may go on at the server.
  const goesOn = ["network", "timeout", "stream_ended"].includes(error?.code);
  if (followed !== null && !goesOn) earlier.mark(followed, error?.code === "unknown_run" ? "lost" : state);
  follow(null);
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
  showFailure(error, {
    fieldOf,
    labelOf: (key) => ran?.labelOf(key) ?? null,
    onRetry: run,
    onSettings: settings.open,
  });
  log.openAtEnd();
  if (!markRefused(error)) bringIntoView("failure");
}

/** Marks the fields that a run was refused for and goes to the first; false when there is none to go to. */
function markRefused(error) {
  if (ran === null || ran !== opened) return false;
  const refused = refusedFields(error, ran);
  ran.changes.setRemarks(refused.map(({ key, words }) => [key, words]));
  if (refused.length === 0) return false;
  view.focusKey(refused[0].key);
  return true;
}

/** The seeds a run used, drawn or typed, each with a way to keep it. */
function seedsOf(result) {
  if (!ran) return [];
  const { workflow, changes } = ran;
  const values = result.sent?.values ?? {};
  const seeds = workflow.inputs.filter((input) => input.kind === "seed" && input.key in values);
  return seeds.map((input) => ({
    label: ran.labelOf(input.key),
    value: values[input.key],
    keep: () => changes.set(input.key, values[input.key]),
  }));
}

/** A parameter as the form names it, and the way to it; of a node as a whole, its first. */
function fieldOf(nodeId, name) {
  if (ran === null || ran !== opened) return null;
  const node = ran.workflow.nodes.find((candidate) => candidate.id === nodeId);
  const input = node?.inputs.find((candidate) => candidate.name === name);
  const place = input ?? node?.inputs[0];
  if (!place) return null;
  return { label: input ? ran.labelOf(input.key) : node.title, show: () => view.goTo(nodeId, name) };
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
