// JSON without loss: integers of any size, objects in file order, and texts of values that hold bigints.

const MAX_DEPTH = 200;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** What JSON.parse gives, but integers beyond 2^53 − 1 as bigint. */
const EXACT = { number: exactNumber, object: (entries) => Object.fromEntries(entries) };

/** @param {string} text @throws {SyntaxError} */
export function fromJson(text) {
  return readJson(text, EXACT);
}

/**
 * The entries of an object, in the order of the text.
 *
 * @param {string} text
 * @returns {Map<string, any> | null} null for anything else
 */
export function entriesOf(text) {
  const object = (entries, depth) => (depth === 0 ? entries : EXACT.object(entries));
  const value = readJson(text, { ...EXACT, object });
  return value instanceof Map ? value : null;
}

/**
 * Reads JSON text and leaves it to `make` what its numbers and objects become.
 *
 * @param {string} text
 * @param {{ number: (literal: string) => any, object: (entries: Map<string, any>, depth: number) => any }} make
 * @throws {SyntaxError}
 */
export function readJson(text, make) {
  // The syntax is checked by the engine; what follows may rely on it.
  JSON.parse(text);
  return new Reader(text, make).value(0);
}

class Reader {
  #text;
  #make;
  #at = 0;

  constructor(text, make) {
    this.#text = text;
    this.#make = make;
  }

  value(depth) {
    if (depth > MAX_DEPTH) throw new SyntaxError("it is nested too deeply");
    const char = this.#next();
    if (char === "{") return this.#object(depth);
    if (char === "[") return this.#array(depth);
    if (char === '"') return this.#string();
    return this.#word();
  }

  #object(depth) {
    const entries = new Map();
    this.#at += 1;
    while (this.#next() !== "}") {
      const key = this.#string();
      this.#skip(":");
      // A key that comes again keeps its first place and gets the last value, as in Python and JavaScript.
      entries.set(key, this.value(depth + 1));
      this.#skip(",");
    }
    this.#at += 1;
    return this.#make.object(entries, depth);
  }

  #array(depth) {
    const items = [];
    this.#at += 1;
    while (this.#next() !== "]") {
      items.push(this.value(depth + 1));
      this.#skip(",");
    }
    this.#at += 1;
    return items;
  }

  #string() {
    const start = this.#at;
    let end = start;
    do end = this.#text.indexOf('"', end + 1);
    while (this.#isEscaped(end));
    this.#at = end + 1;
    return JSON.parse(this.#text.slice(start, end + 1));
  }

  #isEscaped(at) {
    let first = at;
    while (this.#text[first - 1] === "\\") first -= 1;
    return (at - first) % 2 === 1;
  }

  #word() {
    const word = /[\w+.-]+/y;
    word.lastIndex = this.#at;
    const [found] = /** @type {RegExpExecArray} */ (word.exec(this.#text));
    this.#at += found.length;
    if (found === "null") return null;
    return found === "true" || found === "false" ? found === "true" : this.#make.number(found);
  }

  /** The next character that is not white space. */
  #next() {
    while (" \t\n\r".includes(this.#text[this.#at])) this.#at += 1;
    return this.#text[this.#at];
  }

  #skip(char) {
    if (this.#next() === char) this.#at += 1;
  }
}

function exactNumber(literal) {
  if (!/^-?\d+$/.test(literal)) return Number(literal);
  const exact = BigInt(literal);
  return exact > MAX_SAFE || exact < -MAX_SAFE ? exact : Number(literal);
}

/**
 * JSON text of a value that may hold bigints. Numbers that JSON cannot write become literals that read as them.
 *
 * @param {any} value
 * @param {string} [indent] one level of it; left out for one line
 */
export function toJson(value, indent = "", margin = "") {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const inner = margin + indent;
  const items = Array.isArray(value)
    ? value.map((item) => toJson(item, indent, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}:${indent && " "}${toJson(item, indent, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (items.length === 0) return open + close;
  return indent
    ? `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`
    : open + items.join(",") + close;
}

function numberText(value) {
  if (Number.isNaN(value)) return "null";
  if (!Number.isFinite(value)) return value > 0 ? "1e400" : "-1e400";
  return Object.is(value, -0) ? "-0" : `${value}`;
}
