// How a prompt stands with its server: the authority on a run, which messages only make quick.

/**
 * @typedef {object} Finished
 * @property {"success" | "error" | "canceled"} status
 * @property {Record<string, any>} outputs what each output node made, by id
 * @property {string | undefined} error what went wrong
 * @property {number | undefined} seconds
 * @property {any} prompt the workflow as it ran
 *
 * @typedef {{ status: "queued", position: number } | { status: "running" } | Finished} State
 */

/** How a job's status is told. */
const STATUS = {
  pending: "queued",
  in_progress: "running",
  completed: "success",
  failed: "error",
  cancelled: "canceled",
};

/** How a run ended, by the message that says so. */
export const ENDS = {
  execution_success: "success",
  execution_error: "error",
  execution_interrupted: "canceled",
};

/**
 * @param {import("./server.js").ComfyServer} server
 * @param {string} promptId
 * @param {import("./server.js").Call} call
 * @returns {Promise<State | undefined>} undefined for a prompt that the server does not know
 */
export async function stateOf(server, promptId, call) {
  const path = `/api/jobs/${promptId}`;
  const { known, value: job } = await server.get(path, call);
  // Servers of earlier versions have no jobs, and a 404 of another form.
  if (!known) return stateWithoutJobs(server, promptId, call);
  if (STATUS[job?.status] !== "queued") return stateOfJob(job);
  const place = (await placesOf(server, call)).get(promptId);
  // If it is in the queue no more, it has ended since, or was taken out.
  return place ?? stateOfJob((await server.get(path, call)).value);
}

/** @returns {State | undefined} */
function stateOfJob(job) {
  if (job === undefined) return undefined;
  const status = STATUS[job.status];
  if (status === "queued" || status === "running") return { status: "running" };
  const { outputs = {}, execution_status: told = {}, workflow } = job;
  const messages = told.messages ?? [];
  return finished({ status: endOf(messages) ?? status, outputs, messages, prompt: workflow?.prompt });
}

/**
 * The queue is asked first: what leaves it in between is in the history.
 *
 * @returns {Promise<State | undefined>}
 */
async function stateWithoutJobs(server, promptId, call) {
  const place = (await placesOf(server, call)).get(promptId);
  if (place) return place;
  const { value } = await server.get(`/history/${promptId}`, call);
  const entry = value?.[promptId];
  if (!entry) return undefined;
  const messages = entry.status?.messages ?? [];
  const status = endOf(messages) ?? (entry.status?.status_str === "success" ? "success" : "error");
  return finished({ status, outputs: entry.outputs ?? {}, messages, prompt: entry.prompt?.[2] });
}

/** After some failures, as of a loop of nodes, the status itself is that of the run before. */
export function endOf(messages) {
  const [kind] = messages.find(([kind]) => Object.hasOwn(ENDS, kind)) ?? [];
  return ENDS[kind];
}

/**
 * What runs, and what waits with how many before it.
 *
 * @returns {Promise<Map<string, State>>}
 */
export async function placesOf(server, call) {
  const { value } = await server.get("/queue", call);
  const running = value?.queue_running ?? [];
  // The server's list is a heap.
  const pending = [...(value?.queue_pending ?? [])].sort(
    ([first], [second]) => Number(first) - Number(second),
  );
  return new Map([
    ...pending.map(([, id], index) => [id, { status: "queued", position: running.length + index }]),
    ...running.map(([, id]) => [id, { status: "running" }]),
  ]);
}

/**
 * @param {{ status: Finished["status"], outputs: Record<string, any>, messages: any[], prompt?: any }} told
 * @returns {Finished}
 */
export function finished({ status, outputs, messages, prompt }) {
  const error =
    status === "success" ? undefined : (errorOf(messages) ?? (status === "canceled" ? CANCELED : FAILED));
  return { status, outputs, error, seconds: secondsOf(messages), prompt };
}

const CANCELED = "The run was canceled.";
const FAILED = "The run failed, and the ComfyUI server does not say why.";

/** What the messages of a run say of its failure. */
function errorOf(messages) {
  for (const [kind, data] of messages) {
    if (kind === "execution_interrupted") return CANCELED;
    if (kind === "execution_error") return executionError(data);
  }
  return undefined;
}

/** As a deployment says it; the tensors and paths that ComfyUI adds are of no use to the caller. */
function executionError({ node_id, node_type, exception_type, exception_message }) {
  return `${node_type} (node ${node_id}): ${exception_type}: ${`${exception_message}`.trimEnd()}`;
}

function secondsOf(messages) {
  const times = messages.map(([, data]) => data?.timestamp).filter((time) => typeof time === "number");
  if (times.length < 2) return undefined;
  return Math.round(times[times.length - 1] - times[0]) / 1_000;
}
