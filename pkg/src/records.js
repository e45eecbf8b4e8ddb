// How runs stand, and their cancelling: what a route answers about runs that it knows.

import { ViewComfyError } from "./errors.js";
import { CallOptions } from "./option-names.js";
import { optionsOf } from "./options.js";
import { linked } from "./result.js";
import { askForJson } from "./route-call.js";
import { Watch } from "./watch.js";

/** Milliseconds for a call that runs nothing. */
const TIMEOUT = 60_000;
const MAX_ID = 300;
const ID = /^[\w.~:-]+$/;

/** Asserts that it can be a prompt id. */
export function promptIdIn(given) {
  if (typeof given === "string" && given.length <= MAX_ID && ID.test(given)) return given;
  const message = "a prompt id must be the text that onOpen or a result gave as promptId";
  throw new ViewComfyError("invalid_param", message, { key: "promptId" });
}

/** The records of these runs. */
export async function lookUp(promptIds, settings, given) {
  const options = optionsOf(given, CallOptions, "lookUp");
  const ids = (Array.isArray(promptIds) ? promptIds : [promptIds]).map(promptIdIn);
  if (ids.length === 0) return [];
  const query = ids.map((id) => ["prompt_ids", id]);
  const records = await asked(settings, options, "look-up", { query });
  if (!Array.isArray(records)) throw unexpected("a list of runs");
  return records.map((record) => recordOf(record, settings));
}

/** Whether the run was cancelled. */
export async function cancel(promptId, settings, given) {
  const options = optionsOf(given, CallOptions, "cancel");
  const query = { cancel: promptIdIn(promptId) };
  const answer = await asked(settings, options, "cancel", { method: "POST", query });
  if (typeof answer?.canceled !== "boolean") throw unexpected("whether the run was cancelled");
  return answer.canceled;
}

async function asked(settings, options, ability, how) {
  const watch = new Watch(new AbortController().signal, { ...options, waitingAfterSeconds: 0 }, TIMEOUT);
  try {
    return await askForJson(settings, ability, { ...how, watch });
  } finally {
    watch.end();
  }
}

function recordOf(record, settings) {
  if (typeof record?.prompt_id !== "string") throw unexpected("a run with its prompt_id");
  return {
    promptId: record.prompt_id,
    status: record.status ?? null,
    completed: Boolean(record.completed),
    executionTimeSeconds: record.execution_time_seconds ?? null,
    queuePosition: record.queue_position ?? null,
    errorData: record.error_data ?? null,
    outputs: (record.outputs ?? []).map((output) => outputOf(output, settings)),
  };
}

function outputOf({ filename, content_type, size, filepath }, settings) {
  const contentType = content_type || "application/octet-stream";
  return linked({ filename, contentType, size: size ?? null, url: filepath }, settings);
}

function unexpected(what) {
  return new ViewComfyError("invalid_response", `the route's response is not ${what}`);
}
