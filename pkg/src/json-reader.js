// Reads JSON text and leaves it to the caller what numbers and objects become.

const MAX_DEPTH = 200;
/** What Python writes where a number has no digits. `JSON.parse` refuses it. */
const WORDS = /-?Infinity|NaN/g;

/** Whether one of Python's words stands somewhere in a text, be it in a string. */
export function hasWords(text) {
  return text.includes("NaN") || text.includes("Infinity");
}

/**
 * Reads JSON in which `NaN`, `Infinity` and `-Infinity` may stand, as Python writes them.
 *
 * @param {string} text
 * @param {{ number: (literal: string) => any, object: (entries: Map<string, any>, depth: number) => any }} make
 * @throws {SyntaxError}
 */
export function readJson(text, make) {
  // The syntax is checked by the engine; what follows may rely on it.
  JSON.parse(hasWords(text) ? withoutWords(text) : text);
  return new Reader(text, make).value(0);
}

/** The text with lists of the same length for the words outside strings: valid where the words are. */
function withoutWords(text) {
  const parts = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('"', at);
    const outside = start < 0 ? text.slice(at) : text.slice(at, start);
    parts.push(outside.replace(WORDS, (word) => `[${" ".repeat(word.length - 2)}]`));
    const end = start < 0 ? -1 : endOfString(text, start);
    if (end < 0) return parts.join("") + (start < 0 ? "" : text.slice(start));
    parts.push(text.slice(start, end));
    at = end;
  }
}

/** Behind the closing quote of the string that begins at `start`; -1 where it has none. */
function endOfString(text, start) {
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (end > 0 && isEscaped(text, end));
  return end < 0 ? -1 : end + 1;
}

function isEscaped(text, at) {
  let first = at;
  while (text[first - 1] === "\\") first -= 1;
  return (at - first) % 2 === 1;
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
    this.#at = endOfString(this.#text, start);
    return JSON.parse(this.#text.slice(start, this.#at));
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
