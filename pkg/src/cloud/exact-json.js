// The API's JSON with every digit and in its own order: a seed of 2^64 goes through, and so do `NaN` and a file's order.

import { readJson } from "../json-reader.js";

/** A number as it was written. */
class Literal {
  constructor(text) {
    this.text = text;
  }
}

/**
 * Objects become maps, numbers literals.
 *
 * @param {string} text
 * @throws {SyntaxError}
 */
export function exactValue(text) {
  return readJson(text, { number: (literal) => new Literal(literal), object: (entries) => entries });
}

/** @returns {string} the text of what `exactValue` read, on one line */
export function exactText(value) {
  if (value instanceof Literal) return value.text;
  if (Array.isArray(value)) return `[${value.map(exactText).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const entries = Array.from(value, ([key, entry]) => `${JSON.stringify(key)}:${exactText(entry)}`);
  return `{${entries.join(",")}}`;
}

/** A number where it is one. */
export function numberOf(value) {
  const number = value instanceof Literal ? Number(value.text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
