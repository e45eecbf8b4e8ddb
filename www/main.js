// The page's wiring: what is open, what was changed, and who is told.

import { announce } from "./announce.js";
import { Changes } from "./changes.js";
import { setUpCode } from "./code.js";
import { byId } from "./dom.js";
import { clearFailure, showFailure } from "./failure.js";
import { adviceFor } from "./failure-advice.js";
import { count, duration, sentence } from "./format.js";
import { setUpIntake } from "./intake.js";
import { loadLibrary } from "./library.js";
import { setUpLog } from "./log.js";
import { clearNotice, showNotice } from "./notice.js";
import { reserveStage, setStale, setUpOutputs, showOutputs } from "./outputs.js";
import { showWorkflow } from "./params-table.js";
import { createRunner, paramsToSend } from "./run.js";
import { setUpRunBar } from "./run-bar.js";
import { setUpSettings } from "./settings.js";
import { setUpShortcuts } from "./shortcuts.js";
import { setUpTheme } from "./theme.js";
import { namedSize, readWorkflow } from "./workflow.js";

// What is open now: { workflow, changes, table }, or null.
let opened = null;
let runner = null;
let saidQuarter = 0;

setUpTheme();
setUpOutputs();
const log = setUpLog();
const code = setUpCode();
const bar = setUpRunBar({ onRun: run, onCancel: cancel });
const settings = setUpSettings({ onChange: () => refresh() });
const intake = setUpIntake({ onSource: open, onMedia: refuseMedia });
setUpShortcuts({ run, cancel, active: () => runner?.active() ?? false });
setUpOffline();
refresh();
// Begin loading now: a file is then read at once.
loadLibrary().catch(() => {});

async function open({ name, source }) {
  const before = document.body.dataset.state;
  setPageState("reading");
  byId("reading-text").textContent = `Reading ${name}…`;
  try {
    const bytes = await source;
    const library = await loadLibrary();
    show(library, readWorkflow(library, name, bytes));
  } catch (error) {
    setPageState(before === "reading" ? "empty" : before);
    showRefusal(name, error, () => open({ name, source }));
  }
}

function show(library, workflow) {
  runner ??= createRunner(library, { state: onState, log: log.add, progress: onProgress });
  const changes = new Changes();
  const table = showWorkflow({ library, workflow, changes, onAnother: intake.openPicker });
  opened = { workflow, changes, table };
  changes.subscribe(refresh);
  clearNotice();
  if (!runner.active()) {
    clearFailure();
    bar.enable(true);
  }
  setPageState("ready");
  refresh();
  announce(
    `${workflow.name}: ${count(workflow.nodes.length, "node")}, ${count(workflow.inputs.length, "input")}.`,
  );
  byId("workflow-title").focus({ preventScroll: true });
}

function setPageState(state) {
  document.body.dataset.state = state;
  byId("empty").hidden = state !== "empty";
  byId("reading").hidden = state !== "reading";
  byId("workflow").hidden = state !== "ready";
}

function showRefusal(name, error, again) {
  const { title, advice } = adviceFor(error);
  const message = sentence(String(error?.message ?? error));
  const action = error?.code === "not_initialised" ? { label: "Try again", run: again } : undefined;
  // The package's own messages about files already say what to do.
  const ownWords = /workflow$/.test(error?.code ?? "");
  showNotice({
    title: `${name}: ${lowerFirst(title)}`,
    message: ownWords ? message : `${message} ${advice}`,
    action,
  });
}

function refuseMedia(file) {
  const what = { image: "a picture", video: "a video", audio: "a sound" }[file.type.split("/")[0]];
  const fields = opened?.workflow.inputs.some((input) => input.kind === "file");
  showNotice({
    title: `${file.name} is ${what}, not a workflow`,
    message: fields
      ? "To run the workflow with it, drop it on one of the workflow's file fields. To open another workflow, drop its API-format JSON file."
      : "Drop the workflow's JSON file: in ComfyUI, Workflow → Export (API).",
  });
}

function refresh() {
  if (!opened) {
    code.update({ workflowName: "workflow_api.json", params: {}, ...settings.read() });
    return;
  }
  const { workflow, changes } = opened;
  code.update({
    workflowName: workflow.name.endsWith(".json") ? workflow.name : "workflow_api.json",
    params: paramsToSend(workflow, changes),
    ...settings.read(),
  });
  if (runner.active()) return;
  reserveStage(namedSize(workflow, changes));
  bar.summary(summaryOf(workflow, changes));
}

function summaryOf(workflow, changes) {
  if (changes.firstProblem() !== undefined) return "A value needs correcting first";
  if (changes.size > 0) return `Ready. ${count(changes.size, "change")} will be sent`;
  return workflow.inputs.some((input) => input.kind === "seed")
    ? "Ready. Nothing changed: a new seed is drawn"
    : "Ready";
}

function run() {
  if (!opened || runner.active()) return;
  const problem = opened.changes.firstProblem();
  if (problem !== undefined) {
    opened.table.focusKey(problem);
    return;
  }
  clearFailure();
  log.clear();
  setStale(true);
  saidQuarter = 0;
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
  if (state === "sending") announce("Run started.");
  if (state === "waiting" && facts.seconds < 10) announce("The deployment is starting up.");
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
  const { workflow, changes } = opened;
  const values = result.sent?.values ?? {};
  const seeds = workflow.inputs.filter((input) => input.kind === "seed" && input.key in values);
  return seeds.map((input) => ({
    label: input.label,
    value: values[input.key],
    keep: input.key in result.sent.seeds ? () => changes.set(input.key, values[input.key]) : null,
  }));
}

function goTo(nodeId, name) {
  const node = opened.workflow.nodes.find((candidate) => candidate.id === nodeId);
  const input = node?.inputs.find((candidate) => candidate.name === name) ?? node?.inputs[0];
  return input ? () => opened.table.focusKey(input.key) : null;
}

/** In one column the run side is far below the parameters. */
function bringIntoView(id) {
  if (!matchMedia("(max-width: 899px)").matches) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  byId(id).scrollIntoView({ block: "start", behavior });
}

function setUpOffline() {
  const update = () => (byId("offline").hidden = navigator.onLine);
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
