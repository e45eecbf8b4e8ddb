// The page's wiring: what lies open, what a run sends, and who is told.

import { announce } from "./announce.js";
import { redoStep, undoStep } from "./change-steps.js";
import { setUpCode } from "./code.js";
import { apiFileName } from "./conversion.js";
import { deployment } from "./deployment.js";
import { setUpDeploymentSettings } from "./deployment-settings.js";
import { createDesk } from "./desk.js";
import { byId } from "./dom.js";
import { createEdits } from "./edits.js";
import { clearFailure } from "./failure.js";
import { setUpFocus } from "./focus.js";
import { usesOf } from "./gallery/uses.js";
import { setUpIntake } from "./intake.js";
import { setUpLeaving } from "./leaving.js";
import { loadLibrary } from "./library.js";
import { setUpLog } from "./log.js";
import { setUpOffline } from "./offline.js";
import { reserveStage, setStale, setUpOutputs, showOutputs, showPreview } from "./outputs.js";
import { paramsToSend, summaryOf } from "./params-sent.js";
import { bringIntoView } from "./result-view.js";
import { createRunner } from "./run.js";
import { setUpRunBar } from "./run-bar.js";
import { createOutcome } from "./run-outcome.js";
import { setUpEarlierRuns } from "./runs/card.js";
import { createServer } from "./server.js";
import { setUpSettings } from "./settings.js";
import { leaveSharedLink, setUpSharedLinks } from "./share/address.js";
import { setUpShortcuts } from "./shortcuts.js";
import { setUpSweep } from "./sweep/card.js";
import { prepareRuns } from "./sweep/prepare.js";
import { restoreTitle, titleWhileRunning } from "./tab-title.js";
import { setUpTheme } from "./theme.js";
import { setUpUnfinished } from "./unfinished.js";
import { seedTexts } from "./used-seeds.js";
import { createWhatRuns } from "./what-runs.js";
import { namedSize } from "./workflow.js";

// What can be run now: { workflow, changes, … }, or null.
let opened = null;
let view = null;
let runner = null;
// The session of the present or last run, which another may have been opened over.
let ran = null;
// The id of the run that is followed, where the page's route finds it again.
let followed = null;

setUpTheme();
setUpFocus();
const uses = usesOf({
  session: () => opened,
  focusKey: (key) => view.focusKey(key),
  take: openSources,
});
setUpOutputs(uses);
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
const intake = setUpIntake({ onSources: openSources });
setUpShortcuts({
  run,
  cancel,
  undo: () => opened && undoStep(opened.changes),
  redo: () => opened && redoStep(opened.changes),
  active: isRunning,
});
setUpUnfinished({ open: (name, text) => openSources([{ name, source: text }]) });
// A run with an id is found again by the list of earlier runs.
setUpLeaving({ loses: () => (isRunning() && followed === null) || code.isRunning() });
// What was typed until a field is left is one step back.
document.addEventListener("focusout", () => opened?.changes.endStep());
const earlier = setUpEarlierRuns({
  route: () => deployment?.endpoint ?? null,
  on: { isRunning, resume, showKept, cancel: cancelEarlier, restore, repeat: run },
  lookUp: async (ids) => (await runnerOf()).clientOf(settings.read()).lookUp(ids),
});
const outcome = createOutcome({
  bar,
  settings,
  log,
  earlier,
  ran: () => ran,
  view: () => (ran !== null && ran === opened ? view : null),
  isOpen: () => opened !== null,
  onEnd: () => (followed = null),
  onRetry: run,
});
const sweep = setUpSweep({
  uses,
  session: () => opened,
  prepare: (session) =>
    isRunning() || !settings.ready() ? null : prepareRuns(session, settings.read(), view, runner),
  recorder: (session) => earlier.recorder(session, settings.read().endpoint),
  seedsOf: seedTexts,
  onStart: () => {
    bar.enable(false);
    settings.setBusy?.(true);
  },
  onProgress: (done, all) => titleWhileRunning((100 * done) / all),
  onEnd: () => {
    restoreTitle();
    settings.setBusy?.(false);
    bar.enable(opened !== null);
    refresh();
  },
});
setUpOffline();
refresh();
// Begin loading now: a file is then read at once.
loadLibrary().then(findRuns, () => {});
if (deployment) begin(deployment);
setUpSharedLinks(desk.take);

/** Opens what came in any way but a shared link, which then no longer stands in the address. */
function openSources(sources, way) {
  leaveSharedLink();
  return desk.take(sources, way);
}

/** Runs go elsewhere from now on: other runs were begun there, and perhaps it knows other classes. */
function changePlace() {
  clearFailure();
  whatRuns.show();
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
    throw new Error(`The workflow could not be loaded: the server responded with ${response.status}.`);
  return response.arrayBuffer();
}

/** A workflow was opened, or a diff of two, which has nothing to run. */
function show(session, sessionView) {
  opened = session?.workflow ? session : null;
  view = sessionView;
  whatRuns.mustSend(Boolean(opened?.conversion));
  if (opened) makeRunner(opened.library);
  if (!isRunning()) {
    clearFailure();
    bar.enable(opened !== null);
    bar.summary(session ? "It could not be converted, so it cannot run" : "Open one of the two to run it");
  }
  sweep.sessionChanged();
  refresh();
}

function makeRunner(library) {
  const on = { ...outcome, log: log.add, preview: showPreview, opened: onOpened };
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
    workflowName: apiFileName(opened),
    params: paramsToSend(workflow, changes),
    session: opened,
    ...settings.read(),
  });
  if (isRunning()) return;
  reserveStage(namedSize(workflow, changes));
  bar.summary(summaryOf(workflow, changes));
}

function run() {
  if (!opened || isRunning()) return;
  const problem = opened.changes.firstProblem();
  if (problem !== undefined) {
    view.focusKey(problem);
    return;
  }
  if (!settings.ready()) return;
  clearFor(opened);
  earlier.begin(opened, settings.read().endpoint);
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
  ran = session;
  followed = null;
}

function cancel() {
  runner?.cancel();
  sweep.cancel();
}

function isRunning() {
  return sweep.active() || (runner?.active() ?? false);
}

function onOpened(event) {
  if (deployment) followed = event.promptId;
  earlier.opened(event);
}

/** After a reload: how the runs stand that went on, and on with the newest of them. */
async function findRuns() {
  try {
    const going = await earlier.refresh();
    if (going) await earlier.show(going);
  } catch {
    // The list stays as it is, and a press on Show says why.
  }
}

/** Goes on with a run, or asks its server for what it made. */
async function resume({ promptId }) {
  const itsRunner = await runnerOf();
  if (isRunning()) return;
  clearFor(null);
  itsRunner.resume({ promptId, settings: settings.read() });
}

/** Shows what is kept of a run. */
async function showKept({ seeds }, result) {
  if (isRunning()) return;
  clearFor(null);
  bar.show("done", { result });
  if (opened === null) bar.enable(false);
  await showOutputs(result, seeds);
  bringIntoView("outputs");
}

/** Puts the values of an earlier run into the form, with its workflow where another lies open. */
async function restore({ name, workflow, values }) {
  if (isRunning()) return false;
  if (opened?.workflow.text !== workflow) await openSources([{ name, source: workflow }]);
  if (opened?.workflow.text !== workflow) return false;
  const { changes } = opened;
  changes.together(() => {
    changes.resetAll();
    for (const [key, value] of Object.entries(values)) changes.set(key, value);
  });
  announce("The values of the run are in the form.");
  return true;
}

async function cancelEarlier(run) {
  if (await earlier.isFollowed(run)) return cancel();
  const client = (await runnerOf()).clientOf(settings.read());
  const canceled = await client.cancel(run.promptId).catch(() => false);
  if (canceled) await earlier.mark(run.id, { state: "cancelled" });
  else await earlier.refresh().catch(() => {});
}
