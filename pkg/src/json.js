// JSON that keeps every digit: integers that a number would round are bigint, in both directions.

import { ViewComfyError } from "./errors.js";
import { hasWords, readJson } from "./json-reader.js";

/** As deep as the core reads. */
const MAX_DEPTH = 200;
const MAX_INDENT = 16;
const MAX_SAFE = 9_007_199_254_740_991n;
const INTEGER = /^-?\d+$/;
/** The fewest digits that an unsafe integer has. */
const LONG = /\d{16}/;

/** See index.d.ts. */
export function parseJson(text) {
  try {
    return LONG.test(text) || hasWords(text)
      ? readJson(text, { number: exactNumber, object: Object.fromEntries })
      : JSON.parse(text);
  } catch (cause) {
    const { message } = /** @type {SyntaxError} */ (cause);
    throw new ViewComfyError(
      "invalid_param",
      `the text is not valid JSON: ${message}`,
      { key: "text" },
      cause,
    );
  }
}

function exactNumber(literal) {
  if (!INTEGER.test(literal)) return Number(literal);
  const exact = BigInt(literal);
  return exact > MAX_SAFE || exact < -MAX_SAFE ? exact : Number(literal);
}

/** See index.d.ts. */
export function stringifyJson(value, indent = 0) {
  const fail = (what) => new ViewComfyError("invalid_param", `the value ${what}`, { key: "value" });
  return jsonText(value, { fail, infinite: true, indent: " ".repeat(indentOf(indent)) });
}

/** Checks a number of spaces per level. */
export function indentOf(indent) {
  if (Number.isInteger(indent) && indent >= 0 && indent <= MAX_INDENT) return indent;
  const message = `the indent must be a whole number from 0 to ${MAX_INDENT}`;
  throw new ViewComfyError("invalid_param", message, { key: "indent" });
}

/**
 * The JSON text of a value. Nothing is dropped or rounded, and no `toJSON` is called.
 *
 * @param {any} value
 * @param {{ fail: (what: string) => Error, infinite?: boolean, words?: boolean, indent?: string }} rules `fail` makes the
 *   error for what JSON cannot say; `infinite` writes infinities as a literal that is read as one; `words` writes Python's
 *   words, of which the wasm decides
 * @returns {string}
 */
export function jsonText(value, rules, depth = 0) {
  if (depth > MAX_DEPTH) throw rules.fail("is nested too deeply, or in itself");
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return numberText(value, rules);
    case "bigint":
    case "boolean":
      return `${value}`;
  }
  if (value === null) return "null";
  const text = (item) => jsonText(item, rules, depth + 1);
  // A hole of an array is undefined, and refused like it.
  if (Array.isArray(value)) return enclosed("[", "]", Array.from(value, text), rules.indent, depth);
  if (!isPlainObject(value)) throw rules.fail(`has ${describe(value)} in it: ${adviceFor(value)}`);
  const colon = rules.indent ? ": " : ":";
  const entries = Object.entries(value).map(([key, item]) => JSON.stringify(key) + colon + text(item));
  return enclosed("{", "}", entries, rules.indent, depth);
}

function enclosed(open, close, items, indent, depth) {
  if (!indent || items.length === 0) return open + items.join(",") + close;
  const line = `\n${indent.repeat(depth)}`;
  return open + line + indent + items.join(`,${line}${indent}`) + line + close;
}

function numberText(value, { fail, infinite = false, words = false }) {
  // JavaScript's own text would lose the sign.
  if (Object.is(value, -0)) return "-0";
  if (Number.isFinite(value) || words) return `${value}`;
  if (infinite && !Number.isNaN(value)) return value > 0 ? "1e400" : "-1e400";
  throw fail(`is ${Number.isNaN(value) ? "NaN" : "infinite"}: a number must be finite`);
}

function adviceFor(value) {
  if (isBlob(value))
    return "a file can only be given for a parameter itself, not inside another value, and not where a workflow is made";
  if (value === undefined) return "leave the key out, or give null";
  return "give a string, a finite number, a bigint, a boolean, null, a file, or arrays and plain objects of these";
}

/** An object that is data, of any realm: a literal, of `JSON.parse`, without a prototype. */
export function isPlainObject(value) {
  return typeof value === "object" && tagOf(value) === "Object";
}

/** A file or another Blob, of any realm. */
export function isBlob(value) {
  return value instanceof Blob || ["Blob", "File"].includes(tagOf(value));
}

/** What kind of value it is, for a message; never its content, which may be a secret. */
export function describe(value) {
  if (value === undefined || value === null) return `${value}`;
  const tag = tagOf(value);
  return `${/^[AEIO]/.test(tag) ? "an" : "a"} ${tag}`;
}

/** What an object is, by a call that it cannot override. */
export function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}
