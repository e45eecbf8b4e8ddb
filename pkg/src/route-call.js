// What an app's own route offers beside runs: following one again, asking how it stands, cancelling it. The routes
// are made by pkg/src/cloud and pkg/src/comfyui; a deployment itself can only run.

import { callEndpoint } from "./endpoint-call.js";
import { ViewComfyError } from "./errors.js";
import { parseJson } from "./json.js";
import { refused } from "./refused.js";
import { offers } from "./route-headers.js";
import { askToken } from "./settings.js";

/** What an address may answer that knows nothing of such a call. */
const UNKNOWN_CALL = new Set([400, 404, 405, 415, 422, 501]);

/** Asks the route, and throws unless it can do this and has done it. */
export async function ask(settings, ability, { method = "GET", query, watch }) {
  const token = await watch.for(askToken(settings));
  const how = { method, query, token, signal: watch.signal, streamed: true };
  const response = await watch.for(callEndpoint(settings, { ...how, cache: "no-store" }));
  const able = offers(response, ability);
  if (response.ok && able) return response;
  if (!able && (response.ok || UNKNOWN_CALL.has(response.status))) throw notSupported(ability, response);
  const error = await refused(response, watch);
  throw error.errorType === "unknown_run" ? unknownRun() : error;
}

/** The same for an answer in JSON. */
export async function askForJson(settings, ability, how) {
  const response = await ask(settings, ability, how);
  const text = await how.watch.for(response.text()).catch((cause) => {
    how.watch.throwIfAborted();
    throw new ViewComfyError("network", "the response broke off: try again", {}, cause);
  });
  try {
    return parseJson(text);
  } catch (cause) {
    throw new ViewComfyError("invalid_response", "the route's response is not JSON", {}, cause);
  }
}

function notSupported(ability, response) {
  response.body?.cancel().catch(() => {});
  const advice =
    "a deployment itself can only run; give the address of a route of viewcomfy-wasm/cloud or /comfyui";
  return new ViewComfyError("not_supported", `the endpoint does not offer "${ability}": ${advice}`);
}

function unknownRun() {
  const message =
    "the route does not know this run, or no longer knows it: check the prompt id, or run again";
  return new ViewComfyError("unknown_run", message);
}
