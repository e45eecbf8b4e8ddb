// The route's options, checked once.

import { callable, checkNames, commonOf, flag, list, milliseconds, text } from "../route/options.js";
import { isSendable } from "../route/sendable.js";
import { ComfyRouteOptions } from "./option-names.js";
import { Runs } from "./runs.js";
import { ComfyServer } from "./server.js";
import { Signer } from "./signer.js";

const POLL_MS = 1_000;
/**
 * What the route can do beyond a run.
 *
 * @type {[string, string][]}
 */
const CAN = [["viewcomfy-can", "resume, look-up, cancel"]];
const OUTPUTS = ["inline", "link"];
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/** @typedef {ReturnType<typeof readOptions>} Settings */

/** @param {import("viewcomfy-wasm/comfyui").ComfyRouteOptions} options */
export function readOptions(options) {
  checkNames(options, ComfyRouteOptions, "createComfyRoute");
  const addresses = list(options, "servers").map(addressOf);
  const headers = headersOf(options);
  const outputs = text(options, "outputs") ?? "inline";
  if (!OUTPUTS.includes(outputs)) throw new TypeError('outputs must be "inline" or "link"');
  return {
    backend: "ComfyUI server",
    unserved: "The route to ComfyUI did not serve the request",
    methods: ["POST", "GET"],
    serves:
      "POST runs a workflow, or cancels one (?cancel=); GET takes ?resume=, ?prompt_ids=, ?view= or ?object_info",
    answerHeaders: CAN,
    problem:
      addresses.length === 0 ? "There is no ComfyUI server: set servers to their addresses." : undefined,
    servers: addresses.map((address) => new ComfyServer(address, headers)),
    signer: new Signer(text(options, "secret"), addresses),
    runs: new Runs(),
    secrets: Object.values(headers).flatMap(secretsOf),
    workflow: options.workflow ?? undefined,
    workflowApi: flag(options, "workflowApi", true),
    outputs,
    previews: flag(options, "previews", true),
    leaveMs: milliseconds(options, "leaveMs", 0),
    pollMs: Math.max(milliseconds(options, "pollMs", POLL_MS), 1),
    WebSocket: callable(options, "WebSocket"),
    ...commonOf(options),
  };
}

/** Without a slash at its end, so that a path can follow. */
function addressOf(given) {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new TypeError('servers must hold web addresses, such as "http://127.0.0.1:8188"');
  if (url.username || url.password)
    throw new TypeError("an address in servers must not have a name or password in it: use headers");
  let end = url.href.length;
  while (url.href[end - 1] === "/") end -= 1;
  return url.href.slice(0, end);
}

/** @returns {Record<string, string>} */
function headersOf({ headers = {} }) {
  const isObject = headers !== null && typeof headers === "object";
  const isHeader = ([name, value]) =>
    HEADER_NAME.test(name) && typeof value === "string" && value.split(" ").every(isSendable);
  if (isObject && Object.entries(headers).every(isHeader)) return { ...headers };
  throw new TypeError("headers must be an object of names and texts that can be sent");
}

/** Anything shorter may be in a result by chance, and is not a secret. */
const SHORTEST_SECRET = 8;

/** A header's value, and what follows its scheme: `Bearer …`. */
function secretsOf(value) {
  const parts = new Set([value, value.slice(value.indexOf(" ") + 1)]);
  return [...parts].filter((part) => part.length >= SHORTEST_SECRET);
}
