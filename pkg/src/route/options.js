// The options that every route takes, and how any option is checked. What has the wrong type is thrown; what is missing is
// answered at each request, because servers are built and started where settings are not yet there. No message shows a value:
// it may be a secret.

import { refuseUnknown } from "../unknown-option.js";

const MiB = 1024 * 1024;
/** A file of 256 MiB and the form around it. */
const MAX_BODY_BYTES = 257 * MiB;
const TIMEOUT_MS = 2_400_000;
/** The longest that timers can wait. */
const MAX_MS = 2 ** 31 - 1;

/**
 * @typedef {object} CommonSettings
 * @property {string} backend what messages call the server behind the route: "The … could not be reached."
 * @property {string} unserved what a refusal says before it says why
 * @property {readonly string[]} methods the request methods that the route answers
 * @property {string} serves what it does for each of them
 * @property {[string, string][]} [answerHeaders] what every answer of the route has
 * @property {string | undefined} problem why nothing can be passed on yet, for the caller and the log
 * @property {((request: Request) => unknown) | undefined} authorize
 * @property {number} maxBodyBytes
 * @property {Set<string>} origins
 * @property {number} timeoutMs
 * @property {((request: Request) => Promise<Response>) | undefined} fetch
 * @property {((failure: any) => unknown) | undefined} onFailure
 */

/**
 * Throws unless these are options that a function takes.
 *
 * @param {any} options
 * @param {readonly string[]} names the options that there are
 * @param {string} maker the function that takes them
 */
export function checkNames(options, names, maker) {
  if (options === null || typeof options !== "object")
    throw new TypeError(`${maker} takes an object of options`);
  refuseUnknown(options, names, maker, ({ message, ...facts }) =>
    Object.assign(new TypeError(message), { code: "invalid_param", ...facts }),
  );
}

/** The options that every route takes. */
export function commonOf(options) {
  return {
    authorize: callable(options, "authorize"),
    maxBodyBytes: amount(options, "maxBodyBytes", MAX_BODY_BYTES),
    origins: new Set(list(options, "origins").map(originOf)),
    timeoutMs: milliseconds(options, "timeoutMs", TIMEOUT_MS),
    fetch: callable(options, "fetch"),
    onFailure: callable(options, "onFailure"),
  };
}

export function text(options, name) {
  const given = options[name] ?? undefined;
  if (given === undefined) return undefined;
  if (typeof given !== "string") throw new TypeError(`${name} must be a string`);
  return given.trim() || undefined;
}

export function flag(options, name, otherwise) {
  const given = options[name] ?? otherwise;
  if (typeof given !== "boolean") throw new TypeError(`${name} must be true or false`);
  return given;
}

export function amount(options, name, otherwise) {
  const given = options[name] ?? otherwise;
  if (Number.isFinite(given) && given >= 0) return given;
  throw new TypeError(`${name} must be a finite number that is not negative`);
}

/** No more than a timer can wait. */
export function milliseconds(options, name, otherwise) {
  return Math.min(amount(options, name, otherwise), MAX_MS);
}

export function callable(options, name) {
  const given = options[name] ?? undefined;
  if (given === undefined || typeof given === "function") return given;
  throw new TypeError(`${name} must be a function`);
}

export function list(options, name) {
  const given = options[name] ?? [];
  if (Array.isArray(given) && given.every((entry) => typeof entry === "string")) return given;
  throw new TypeError(`${name} must be an array of strings`);
}

function originOf(given) {
  if (given === "*") return given;
  const origin = URL.canParse(given) ? new URL(given).origin : "null";
  if (origin !== "null" && given.replace(/\/$/, "") === origin) return origin;
  throw new TypeError('origins must hold origins, such as "https://app.example.com", or "*" for every page');
}
