// Options, checked once at the door: an unknown one is refused, and each is named in the message about it.

import { ViewComfyError } from "./errors.js";
import { describe } from "./json.js";
import { refuseUnknown } from "./unknown-option.js";

/**
 * The options object of a call; an absent one has no options.
 *
 * @param {any} options as they were given
 * @param {readonly string[]} known see option-names.js
 * @param {string} call what it is called in messages
 */
export function optionsOf(options, known, call) {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object") throw wrongType("options", `an object, for ${call}`, options);
  refuseUnknown(
    options,
    known,
    call,
    ({ message, ...facts }) => new ViewComfyError("invalid_param", message, facts),
  );
  return options;
}

/** Asserts that an option, when given, is a function. */
export function callable(options, name) {
  const given = options?.[name] ?? undefined;
  if (given === undefined || typeof given === "function") return given;
  throw wrongType(name, "a function", given);
}

/** A finite number that is not negative: milliseconds, seconds or bytes. */
export function amount(options, name, otherwise) {
  const given = options?.[name] ?? otherwise;
  if (given === undefined || (Number.isFinite(given) && given >= 0)) return given;
  throw wrongType(name, "a finite number that is not negative", given);
}

/** A signal of the caller's, which may come from another realm. */
export function signalOf(options) {
  const given = options?.signal ?? undefined;
  if (given === undefined || typeof given?.throwIfAborted === "function") return given;
  throw wrongType("signal", "an AbortSignal", given);
}

/** Never shows the value, which may be a secret. */
export function wrongType(name, expected, given) {
  const kind = typeof given === "number" ? "another number" : describe(given);
  return new ViewComfyError("invalid_param", `${name} must be ${expected}, not ${kind}`, { key: name });
}
