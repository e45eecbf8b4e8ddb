// Reads JSON text and leaves it to the caller what numbers and objects become.

const MAX_DEPTH = 200;

/**
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
