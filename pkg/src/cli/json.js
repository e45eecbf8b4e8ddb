// The entries of a JSON object in the order of its text, which an object would give up for keys that look like numbers.

import { parseJson } from "viewcomfy-wasm";

import { readJson } from "../json-reader.js";

/**
 * @param {string} text
 * @returns {Map<string, any> | null} null for anything but an object
 * @throws {SyntaxError}
 */
export function entriesOf(text) {
  const object = (entries, depth) => (depth === 0 ? entries : Object.fromEntries(entries));
  const value = readJson(text, { number: parseJson, object });
  return value instanceof Map ? value : null;
}
