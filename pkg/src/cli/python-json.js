// Writes JSON as Python's `json.dump(…, indent=4)` does after `json.load`: \uXXXX escapes, and floats as `repr` gives
// them.

import { readJson } from "../json-reader.js";

const NOT_ASCII = /[\u007f-\uffff]/g;
/** Python writes powers of ten from here on with an exponent, and below the other one. */
const LARGE = 16;
const SMALL = -4;

class Literal {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * @param {string} json
 * @param {number} indent spaces per level; 0 for one line
 */
export function asPythonWrites(json, indent) {
  const tree = readJson(json, {
    number: (text) => new Literal(pythonNumber(text)),
    object: (entries) => entries,
  });
  const parts = [];
  write(tree, parts, indent, 0);
  return parts.join("");
}

function write(value, parts, indent, level) {
  if (value instanceof Literal) parts.push(value.text);
  else if (value instanceof Map) writeAll("{", "}", [...value], parts, indent, level);
  else if (Array.isArray(value)) writeAll("[", "]", value, parts, indent, level);
  else parts.push(ascii(JSON.stringify(value)));
}

function writeAll(open, close, items, parts, indent, level) {
  const line = (depth) => (indent > 0 ? `\n${" ".repeat(indent * depth)}` : "");
  parts.push(open);
  for (const [at, item] of items.entries()) {
    parts.push(at === 0 ? line(level + 1) : `,${line(level + 1)}`);
    if (open === "{") parts.push(ascii(JSON.stringify(item[0])), indent > 0 ? ": " : ":");
    write(open === "{" ? item[1] : item, parts, indent, level + 1);
  }
  parts.push(items.length > 0 ? line(level) : "", close);
}

function ascii(text) {
  return text.replace(NOT_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Integers keep their digits (there is one zero); everything else is a float. */
function pythonNumber(literal) {
  if (/^-?\d+$/.test(literal)) return literal === "-0" ? "0" : literal;
  const value = Number(literal);
  if (Number.isNaN(value)) return literal;
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + floatText(Math.abs(value));
}

/** The shortest digits are the same in both languages; where the point stands is not. */
function floatText(value) {
  const [mantissa, power] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(power);
  if (exponent >= LARGE || exponent < SMALL) {
    const size = `${Math.abs(exponent)}`.padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${whole}.${digits.slice(exponent + 1) || "0"}`;
}
