// JSON as the commands read and write it.

import { parseJson, stringifyJson } from "viewcomfy-wasm";

import { readJson } from "../json-reader.js";

/**
 * The entries of an object in the order of its text, which an object would give up for keys that look like numbers.
 *
 * @param {string} text
 * @returns {Map<string, any> | null} null for anything but an object
 * @throws {SyntaxError}
 */
export function entriesOf(text) {
  const object = (entries, depth) => (depth === 0 ? entries : Object.fromEntries(entries));
  const value = readJson(text, { number: parseJson, object });
  return value instanceof Map ? value : null;
}

/** A value as JSON. It has no form for `NaN`, which becomes null, as ComfyUI's page reads it. */
export function jsonOf(value, indent = 0) {
  return stringifyJson(withoutNaN(value), indent);
}

/** A value as a person reads it. */
export function shown(value) {
  return typeof value === "number" && !Number.isFinite(value) ? `${value}` : jsonOf(value);
}

function withoutNaN(value) {
  if (Number.isNaN(value)) return null;
  if (Array.isArray(value)) return value.map(withoutNaN);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNaN(item)]));
}
