// What a failed run says beyond its title and its advice. The package's messages are whole sentences for a console, with the cause
// and what to do; on a card these stand already, so only what is particular to this failure is told.

import { count, duration, sentence } from "./format.js";

/** By code; where none is given, the message as it is. */
const DETAILS = {
  network: ({ logs }) => (logs?.length ? "The response stopped in the middle" : ""),
  missing_endpoint: () => "",
  missing_credentials: () => "",
  storage_full: () => "",
  unknown_run: () => "",
  rate_limited: httpWords,
  unauthorized: httpWords,
  http_status: httpWords,
  validation_failed: (error) =>
    error.nodeErrors?.length ? `${count(error.nodeErrors.length, "thing")} to correct:` : httpWords(error),
  stream_ended: ({ logs }) => (logs?.length ? `The log said last: ${logs.at(-1)}` : ""),
  execution_failed: ({ errorData, message }) => errorData ?? after(message, "the run failed: "),
  invalid_response: ({ message }) => anotherType(before(message, ": check ")),
  invalid_output: ({ message }) => before(message, "; run it again"),
  timeout: ({ timeoutMs }) => (timeoutMs ? `No result within ${duration(timeoutMs / 1000)}` : ""),
  not_supported: ({ message }) => before(message, ": "),
  unknown_param: ({ message }) => before(message, ": did you mean"),
};

/**
 * A sentence, or nothing where the title says it all. `labelOf(key)` is what the form calls a parameter, or null where there is no
 * form to look at.
 */
export function detailOf(error, labelOf) {
  const message = String(error?.message ?? error);
  const detail = DETAILS[error?.code]?.({ ...factsOf(error), message }) ?? message;
  const label = error?.key === undefined ? null : labelOf(error.key);
  return sentence(label === null ? detail : named(detail, error.key, label));
}

/** Calls a parameter as the form does, not by its key. */
export function named(message, key, label) {
  return message.replaceAll(`"${key}"`, () => label);
}

function factsOf(error) {
  const { logs, errorData, nodeErrors, timeoutMs } = error;
  return { logs, errorData, nodeErrors, timeoutMs };
}

/** What the service said, at the end of the message: "(HTTP 401: Not yours)" gives "HTTP 401: Not yours". */
function httpWords({ message }) {
  const start = message.lastIndexOf("(HTTP ");
  return start < 0 ? "" : message.slice(start + 1).replace(/\)$/, "");
}

function anotherType(cause) {
  const type = after(cause, "the response is not an event stream but ");
  return type === cause ? cause : `It came as ${type}`;
}

function before(message, mark) {
  const at = message.lastIndexOf(mark);
  return at < 0 ? message : message.slice(0, at);
}

function after(message, mark) {
  return message.toLowerCase().startsWith(mark) ? message.slice(mark.length) : message;
}
