// `run`: calls an endpoint, shows how it goes, and saves what it made.

import { stringifyJson } from "viewcomfy-wasm";

import { endpointFetch } from "../endpoint-fetch.js";
import { readApiWorkflow } from "./api-workflow.js";
import { backendOf, routeTo } from "./backend.js";
import { credentials, dataWithoutSecrets } from "./credentials.js";
import { EXIT, Interrupted } from "./failure.js";
import { count } from "./inspect-text.js";
import { client } from "./library.js";
import { usage } from "./options.js";
import { prepareDirectory, saveOutput } from "./outputs.js";
import { ProgressView } from "./progress.js";
import { described, reportFailure } from "./report.js";
import { RUN_HELP, RUN_OPTIONS } from "./run-help.js";
import { ownSeeds, seedsSent } from "./run-seeds.js";
import { inputsOf, valuesOf } from "./run-values.js";
import { oneLine, quoted, visible, writeError, writeOut } from "./terminal.js";

const NAME = "run";
const SIGNALS = { SIGINT: 2, SIGTERM: 15 };
/** Where a route in this process is called: nothing is ever sent there. */
const IN_PROCESS = "http://route.invalid/";
const ENDED = {
  deployment: "The endpoint was told by closing the connection.",
  cloud: "The cloud API was told to cancel the run.",
  comfyui: "ComfyUI was told to cancel this run, and no other.",
};

/** @type {import("./commands.js").Command} */
export const run = {
  name: NAME,
  summary: "call an endpoint, with a progress bar, and save the outputs",
  positionals: ["workflow"],
  options: RUN_OPTIONS,
  help: RUN_HELP,
  async run(options, [file]) {
    const timeoutMs = timeoutOf(options);
    const backend = backendOf(options, NAME);
    if (backend.kind === "comfyui" && file === undefined) throw nothingDeployed();
    const { ViewComfyClient } = await client();
    const view = new ProgressView();
    const settings = { ...(await settingsFor(backend, view)), timeoutMs };
    const { request, inputs } = await planOf(options, file);
    await prepareDirectory(options.out ?? ".");
    const { signal, release } = stopSignal(ENDED[backend.kind]);
    try {
      const how = { signal, view, options, inputs };
      const result = await runWith(new ViewComfyClient(settings), request, how);
      const saved = await saveAll(result.outputs, options.out ?? ".", signal);
      return await tell(result, saved, { json: Boolean(options.json), inputs });
    } finally {
      release();
    }
  },
};

/** @param {Record<string, any>} options @returns {number | undefined} */
function timeoutOf({ timeout }) {
  if (timeout === undefined) return undefined;
  const seconds = Number(timeout);
  if (timeout.trim() !== "" && seconds >= 0 && seconds < 1e7) return Math.round(seconds * 1000);
  throw usage(`--timeout takes seconds, 0 for no limit, not ${quoted(timeout)}`, NAME);
}

function nothingDeployed() {
  return usage(
    "a ComfyUI server has no deployed workflow to run",
    NAME,
    "Give the workflow's file: viewcomfy-wasm run workflow_api.json --comfyui http://127.0.0.1:8188. ",
  );
}

/** @returns {Promise<import("viewcomfy-wasm").ClientOptions>} */
async function settingsFor(backend, view) {
  if (backend.kind === "deployment")
    return { endpoint: backend.endpoint, ...credentials(), fetch: telling(endpointFetch, view) };
  const route = await routeTo(backend, { cancelOnLeave: true });
  return { endpoint: IN_PROCESS, fetch: telling(route, view) };
}

/** The client follows a run whose answer broke off by itself; a waiting person is told. */
function telling(fetch, view) {
  return (request) => {
    if (new URL(request.url).searchParams.has("resume"))
      view.line("the connection broke; the run goes on, and is followed again");
    return fetch(request);
  };
}

/**
 * What is sent, and the inputs of the workflow, null where none is known.
 *
 * @returns {Promise<{ request: import("viewcomfy-wasm").InferRequest, inputs: import("./run-seeds.js").Inputs | null }>}
 */
async function planOf(options, file) {
  if (file !== undefined && options.workflow !== undefined) {
    throw usage("a workflow to run and --workflow, the deployed one, do not go together", NAME);
  }
  const path = file ?? options.workflow;
  const source = options["object-info"];
  if (path === undefined && source !== undefined) {
    throw usage(
      "--object-info needs the workflow that the values are for",
      NAME,
      "Give it with --workflow. ",
    );
  }
  if (path === undefined) return { request: { params: await valuesOf(options, null) }, inputs: null };
  const { workflow, objectInfo } = await readApiWorkflow(path, source);
  const inputs = await inputsOf(workflow, objectInfo);
  const values = await valuesOf(options, inputs);
  if (file === undefined) return { request: { params: values, checkAgainst: workflow, objectInfo }, inputs };
  // The file's own seeds are sent: where nothing is, the client draws the first one.
  const params = new Map([...ownSeeds(inputs), ...values]);
  return { request: { params, workflowApi: workflow, objectInfo }, inputs };
}

async function runWith(caller, request, { signal, view, options, inputs }) {
  try {
    return await caller.inferWithLogs({
      ...request,
      signal,
      onOpen: ({ sent }) => {
        for (const { message } of sent?.warnings ?? []) view.line(`warning: ${oneLine(message)}`);
        for (const [key, seed] of Object.entries(seedsSent(sent, inputs)))
          view.line(`seed: ${oneLine(key)} = ${seed}`);
      },
      onLog: options.verbose ? (line) => view.line(visible(line)) : undefined,
      onProgress:
        options.verbose && !process.stderr.isTTY ? undefined : (progress) => view.progress(progress),
      onError: (message) => view.line(`the service says: ${oneLine(message, 2_000)}`),
      onWaiting: (seconds) => view.waiting(seconds),
    });
  } finally {
    view.end();
  }
}

/** Ctrl+C ends the run, at the endpoint too; a second one ends us at once. */
function stopSignal(ended) {
  const stop = new AbortController();
  const listeners = Object.entries(SIGNALS).map(([name, number]) => {
    const listener = () => {
      if (stop.signal.aborted) process.exit(128 + number);
      stop.abort(new Interrupted(number, ended));
    };
    process.on(name, listener);
    return { name, listener };
  });
  const release = () => {
    for (const { name, listener } of listeners) process.off(name, listener);
  };
  return { signal: stop.signal, release };
}

/** Each output's place, or why it has none: one that cannot be had does not lose the others. */
async function saveAll(outputs, directory, signal) {
  const saved = [];
  for (const output of outputs) {
    try {
      saved.push({ output, path: await saveOutput(output, directory, signal), error: null });
    } catch (error) {
      if (signal.aborted) throw error;
      saved.push({ output, path: null, error });
    }
  }
  return saved;
}

/** Results to stdout, the rest to stderr. @returns {Promise<number>} the exit code */
async function tell(result, saved, { json, inputs }) {
  if (json) {
    const told = summary(result, saved, seedsSent(result.sent, inputs));
    await writeOut(`${stringifyJson(dataWithoutSecrets(told), 2)}\n`);
  } else {
    for (const { path } of saved) {
      if (path !== null) await writeOut(`${path}\n`);
    }
    const seconds =
      result.executionTimeSeconds === null ? "" : ` in ${result.executionTimeSeconds.toFixed(1)} s`;
    await writeError(`done${seconds}: ${count(saved.length, "output")}\n`);
  }
  const failures = saved.flatMap(({ error }) => (error === null ? [] : [error]));
  for (const error of failures) await reportFailure(error, { json });
  return failures.length > 0 ? described(failures[0]).exitCode : EXIT.done;
}

function summary(result, saved, seeds) {
  const { promptId, status, completed, executionTimeSeconds, sent } = result;
  const outputs = saved.map(({ output, path, error }) => {
    const { filename, contentType, size, url } = output;
    return { filename, contentType, size, url, path, error: error && described(error) };
  });
  const warnings = sent?.warnings ?? [];
  return { promptId, status, completed, executionTimeSeconds, seeds, warnings, outputs };
}
