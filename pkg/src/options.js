// Options that JavaScript itself acts on, checked once, with their name in the message.

import { ViewComfyError } from "./errors.js";

/** Asserts that an option, when given, is a function. */
export function callable(options, name) {
  const given = options?.[name] ?? undefined;
  if (given === undefined || typeof given === "function") return given;
  throw wrong(name, "a function", given);
}

/** A finite number that is not negative: milliseconds, seconds or bytes. */
export function amount(options, name, otherwise) {
  const given = options?.[name] ?? otherwise;
  if (given === undefined || (Number.isFinite(given) && given >= 0)) return given;
  throw wrong(name, "a finite number that is not negative", given);
}

/** A signal of the caller's, which may come from another realm. */
export function signalOf(options) {
  const given = options?.signal ?? undefined;
  if (given === undefined || typeof given?.throwIfAborted === "function") return given;
  throw wrong("signal", "an AbortSignal", given);
}

/** Never shows the value, which may be a secret. */
function wrong(name, expected, given) {
  const kind = typeof given === "number" ? "another number" : `a value of type ${typeof given}`;
  return new ViewComfyError("invalid_param", `${name} must be ${expected}, not ${kind}`, { key: name });
}
