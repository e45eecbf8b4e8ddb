// The cloud route's options, checked once.

import { addressOf } from "../route/address.js";
import { credentialsProblem, readCredentials } from "../route/credentials.js";
import { hostPattern } from "../route/hosts.js";
import { callable, checkNames, commonOf, flag, list, milliseconds } from "../route/options.js";
import { VARIABLES } from "./environment.js";
import { CloudRouteOptions } from "./option-names.js";

/** The service's own. */
const BASE_URL = "https://api.viewcomfy.com";
/** What ViewComfy's own clients wait for a run. */
const TIMEOUT_MS = 24_000_000;
const CALL_TIMEOUT_MS = 60_000;
const POLL_MS = 1_000;
const PATIENCE_MS = 300_000;
const OUTPUTS = ["link", "inline"];
/** @type {[string, string][]} */
const CAN = [["viewcomfy-can", "resume, look-up, cancel"]];

/** @typedef {ReturnType<typeof readOptions>} Settings */

/** @param {import("viewcomfy-wasm/cloud").CloudRouteOptions} options */
export function readOptions(options) {
  checkNames(options, CloudRouteOptions, "createCloudRoute");
  const api = addressOf(options, "apiUrl", { what: "The deployment's address", variable: VARIABLES.apiUrl });
  const base = addressOf(options, "baseUrl", { what: "The cloud API's address", otherwise: BASE_URL });
  const socket = addressOf(options, "socketUrl", {
    what: "The socket's address",
    otherwise: base.url ?? BASE_URL,
  });
  const credentials = readCredentials(options);
  return {
    ...commonOf(options),
    backend: "cloud API",
    unserved: "The route to the cloud API did not serve the request",
    answerHeaders: CAN,
    methods: ["POST", "GET"],
    serves: "POST runs a workflow, or cancels one (?cancel=); GET takes ?resume=, ?prompt_ids= or ?url=",
    problem: api.problem ?? base.problem ?? socket.problem ?? credentialsProblem(credentials, VARIABLES),
    /** These are there where there is no problem. */
    apiUrl: /** @type {URL} */ (api.url),
    baseUrl: /** @type {URL} */ (base.url),
    socketUrl: /** @type {URL} */ (socket.url),
    credentials,
    workflowApi: flag(options, "workflowApi", true),
    linkHosts: list(options, "linkHosts").map(hostPattern),
    outputs: oneOf(options, "outputs", OUTPUTS),
    liveEvents: flag(options, "liveEvents", true),
    io: callable(options, "io"),
    cancelOnLeave: flag(options, "cancelOnLeave", false),
    /** Of each call of the API, and of a link's host. */
    timeoutMs: milliseconds(options, "callTimeoutMs", CALL_TIMEOUT_MS),
    /** Of a run. */
    runTimeoutMs: milliseconds(options, "timeoutMs", TIMEOUT_MS),
    pollMs: milliseconds(options, "pollMs", POLL_MS),
    patienceMs: milliseconds(options, "patienceMs", PATIENCE_MS),
  };
}

function oneOf(options, name, values) {
  const given = options[name] ?? values[0];
  if (values.includes(given)) return given;
  throw new TypeError(`${name} must be one of ${values.map((value) => `"${value}"`).join(", ")}`);
}
