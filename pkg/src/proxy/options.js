// The proxy's options, checked once. What has the wrong type is thrown; what is missing is answered at each request,
// because servers are built and started where settings are not yet there. No message shows a value: it may be a secret.

import { refuseUnknown } from "../unknown-option.js";
import { VARIABLES } from "./environment.js";
import { hostPattern } from "./hosts.js";
import { ProxyOptions } from "./option-names.js";

const MiB = 1024 * 1024;
/** A file of 256 MiB and the form around it. */
const MAX_BODY_BYTES = 257 * MiB;
const TIMEOUT_MS = 2_400_000;
/** The longest that timers can wait. */
const MAX_MS = 2 ** 31 - 1;
/** What a header can carry. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/** @typedef {ReturnType<typeof readOptions>} Settings */

/** @param {import("viewcomfy-wasm/proxy").ProxyOptions} options */
export function readOptions(options) {
  if (options === null || typeof options !== "object")
    throw new TypeError("createProxy takes an object of options");
  refuseUnknown(options, ProxyOptions, "createProxy", ({ message, ...facts }) =>
    Object.assign(new TypeError(message), { code: "invalid_param", ...facts }),
  );
  const { endpoint } = options;
  if (
    endpoint !== undefined &&
    endpoint !== null &&
    !(endpoint instanceof URL) &&
    typeof endpoint !== "string"
  )
    throw new TypeError("endpoint must be a string or a URL");
  const clientId = text(options, "clientId");
  const clientSecret = text(options, "clientSecret");
  const token = typeof options.token === "function" ? options.token : text(options, "token");
  const address = addressOf(endpoint);
  return {
    endpoint: address.url,
    credentials: { clientId, clientSecret, token },
    /** Why nothing can be passed on yet, for the caller and the log. */
    problem: address.problem ?? credentialsProblem({ clientId, clientSecret, token }),
    authorize: callable(options, "authorize"),
    workflowApi: flag(options, "workflowApi", true),
    maxBodyBytes: amount(options, "maxBodyBytes", MAX_BODY_BYTES),
    linkHosts: list(options, "linkHosts").map(hostPattern),
    origins: new Set(list(options, "origins").map(originOf)),
    timeoutMs: Math.min(amount(options, "timeoutMs", TIMEOUT_MS), MAX_MS),
    fetch: callable(options, "fetch"),
    onFailure: callable(options, "onFailure"),
  };
}

/** Whether a text can be sent as a credential. */
export function isSendable(value) {
  return typeof value === "string" && HEADER_TEXT.test(value);
}

function addressOf(endpoint) {
  const say = (what) => ({ url: undefined, problem: `${what}: set endpoint (${VARIABLES.endpoint}).` });
  if (!endpoint) return say("The deployment's address is missing");
  if (!URL.canParse(`${endpoint}`)) return say("The deployment's address is not a web address");
  const url = new URL(endpoint);
  if (!/^https?:$/.test(url.protocol)) return say("The deployment's address is not a web address");
  if (url.username || url.password)
    return say("The deployment's address must not have a name or password in it");
  url.hash = "";
  return { url, problem: undefined };
}

/** A token stands for the pair. */
function credentialsProblem({ clientId, clientSecret, token }) {
  if (typeof token === "function") return undefined;
  if (token !== undefined) return unsendable("token", VARIABLES.token, token);
  const pair = `clientId and clientSecret (${VARIABLES.clientId}, ${VARIABLES.clientSecret})`;
  if (!clientId && !clientSecret) return `The deployment's credentials are missing: set ${pair}, or token.`;
  if (!clientSecret) return `The client secret is missing: set clientSecret (${VARIABLES.clientSecret}).`;
  if (!clientId) return `The client id is missing: set clientId (${VARIABLES.clientId}).`;
  return (
    unsendable("clientId", VARIABLES.clientId, clientId) ??
    unsendable("clientSecret", VARIABLES.clientSecret, clientSecret)
  );
}

function unsendable(name, variable, value) {
  if (isSendable(value)) return undefined;
  return `${name} (${variable}) has a space or a character that cannot be sent: copy it again from the dashboard.`;
}

function text(options, name) {
  const given = options[name] ?? undefined;
  if (given === undefined) return undefined;
  if (typeof given !== "string") throw new TypeError(`${name} must be a string`);
  return given.trim() || undefined;
}

function flag(options, name, otherwise) {
  const given = options[name] ?? otherwise;
  if (typeof given !== "boolean") throw new TypeError(`${name} must be true or false`);
  return given;
}

function amount(options, name, otherwise) {
  const given = options[name] ?? otherwise;
  if (Number.isFinite(given) && given >= 0) return given;
  throw new TypeError(`${name} must be a finite number that is not negative`);
}

function callable(options, name) {
  const given = options[name] ?? undefined;
  if (given === undefined || typeof given === "function") return given;
  throw new TypeError(`${name} must be a function`);
}

function list(options, name) {
  const given = options[name] ?? [];
  if (Array.isArray(given) && given.every((entry) => typeof entry === "string")) return given;
  throw new TypeError(`${name} must be an array of strings`);
}

function originOf(text) {
  if (text === "*") return text;
  const origin = URL.canParse(text) ? new URL(text).origin : "null";
  if (origin !== "null" && text.replace(/\/$/, "") === origin) return origin;
  throw new TypeError('origins must hold origins, such as "https://app.example.com", or "*" for every page');
}
