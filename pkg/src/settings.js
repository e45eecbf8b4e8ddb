// The options of a client, checked once and kept. Secrets stay in here: no message shows them.

import { ViewComfyError } from "./errors.js";
import { ClientOptions } from "./option-names.js";
import { amount, callable, optionsOf, wrongType } from "./options.js";

const CREDENTIALS = ["omit", "same-origin", "include"];

/** @param {import("viewcomfy-wasm").ClientOptions} given */
export function settingsOf(given) {
  const options = optionsOf(given, ClientOptions, "ViewComfyClient");
  return {
    endpoint: endpointOf(options.endpoint),
    headers: headersOf(options),
    token: tokenOf(options.token),
    credentials: credentialsOf(options.credentials),
    fetch: callable(options, "fetch"),
    timeoutMs: amount(options, "timeoutMs"),
    maxResultBytes: amount(options, "maxResultBytes"),
    maxEventBytes: amount(options, "maxEventBytes"),
    waitingAfterSeconds: amount(options, "waitingAfterSeconds"),
    rewriteUrl: callable(options, "rewriteUrl"),
    objectInfo: options.objectInfo,
    maxResumes: amount(options, "maxResumes", 5),
  };
}

function endpointOf(given) {
  const isAddress = typeof given === "string" || (typeof given === "object" && given !== null);
  if (!isAddress && given !== undefined && given !== null)
    throw wrongType("endpoint", "a string or a URL", given);
  const address = isAddress ? `${given}`.trim() : "";
  if (address) return address;
  const advice = "give the deployment's address from the dashboard, or the address of your own backend";
  throw new ViewComfyError("missing_endpoint", `no endpoint: ${advice}`);
}

function headersOf(options) {
  const headers = givenHeaders(options.headers ?? undefined);
  // The browser names the boundary of the form itself; a content type set by hand would break the request.
  headers.delete("content-type");
  const { clientId, clientSecret } = pairOf(options);
  if (!clientId) return headers;
  setHeader(headers, "client_id", clientId, "clientId");
  setHeader(headers, "client_secret", clientSecret, "clientSecret");
  return headers;
}

function givenHeaders(given) {
  try {
    return new Headers(given);
  } catch (cause) {
    const message = "headers must be what fetch takes";
    throw new ViewComfyError("invalid_param", message, { key: "headers" }, cause);
  }
}

function pairOf(options) {
  const clientId = text(options, "clientId");
  const clientSecret = text(options, "clientSecret");
  if (!clientId === !clientSecret) return { clientId, clientSecret };
  const [there, missing] = clientId ? ["clientId", "clientSecret"] : ["clientSecret", "clientId"];
  const advice = "give both, or a token, or neither and let your backend add them";
  throw new ViewComfyError("missing_credentials", `${there} without ${missing}: ${advice}`);
}

function text(options, name) {
  const given = options[name] ?? "";
  if (typeof given === "string") return given;
  throw wrongType(name, "a string", given);
}

/** Sets a header without its value in the error: the browser's own message would quote it. */
function setHeader(headers, name, value, option) {
  try {
    headers.set(name, value);
  } catch {
    const message = `${option} has characters that no header can carry`;
    throw new ViewComfyError("invalid_param", message, { key: option });
  }
}

function tokenOf(given) {
  if (typeof given === "string" || typeof given === "function") return given || undefined;
  if ((given ?? undefined) === undefined) return undefined;
  throw wrongType("token", "a string or a function", given);
}

function credentialsOf(given) {
  if ((given ?? undefined) === undefined || CREDENTIALS.includes(given)) return given ?? undefined;
  throw wrongType("credentials", '"omit", "same-origin" or "include"', given);
}

/** The headers of one request. */
export function requestHeaders(settings, token) {
  const headers = new Headers(settings.headers);
  if (settings.token === undefined) return headers;
  if (typeof token !== "string") throw wrongType("token()", "a string", token);
  setHeader(headers, "authorization", `Bearer ${token}`, "token");
  return headers;
}

/** The token; a function is asked for it now. */
export async function askToken({ token }) {
  return typeof token === "function" ? token() : token;
}
