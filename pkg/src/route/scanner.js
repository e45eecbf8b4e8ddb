// Finds a short text in a stream of bytes, wherever the chunks are cut.

/** Stands for the text in what {@link Scanner.split} yields. */
export const FOUND = Symbol("found");

const NONE = new Uint8Array(0);

/** Holds back only what may be the beginning of the text, so that an event of a stream is never kept waiting. */
export class Scanner {
  #needle;
  /** How far the needle moves when its last place meets this byte (Boyer, Moore and Horspool). */
  #shift;
  #held = NONE;

  /** @param {Uint8Array} needle not empty */
  constructor(needle) {
    this.#needle = needle;
    const last = needle.length - 1;
    this.#shift = new Uint32Array(256).fill(needle.length);
    for (let at = 0; at < last; at += 1) this.#shift[needle[at]] = last - at;
  }

  /** Yields the bytes between the finds, and FOUND for each find. */
  *split(chunk) {
    const bytes = this.#held.length > 0 ? joined(this.#held, chunk) : chunk;
    let from = 0;
    for (let at = this.#indexIn(bytes, from); at >= 0; at = this.#indexIn(bytes, from)) {
      if (at > from) yield bytes.subarray(from, at);
      yield FOUND;
      from = at + this.#needle.length;
    }
    const until = bytes.length - this.#begunIn(bytes, from);
    this.#held = bytes.slice(until);
    if (until > from) yield bytes.subarray(from, until);
  }

  /** What was held back when the stream ends. */
  rest() {
    return this.#held;
  }

  #indexIn(bytes, from) {
    const needle = this.#needle;
    const last = needle.length - 1;
    for (let end = from + last; end < bytes.length; end += this.#shift[bytes[end]]) {
      let at = last;
      while (at >= 0 && bytes[end - last + at] === needle[at]) at -= 1;
      if (at < 0) return end - last;
    }
    return -1;
  }

  /** How many of the last bytes are a beginning of the needle. */
  #begunIn(bytes, from) {
    const most = Math.min(this.#needle.length - 1, bytes.length - from);
    for (let count = most; count > 0; count -= 1) if (this.#begins(bytes, count)) return count;
    return 0;
  }

  #begins(bytes, count) {
    const start = bytes.length - count;
    for (let at = 0; at < count; at += 1) if (bytes[start + at] !== this.#needle[at]) return false;
    return true;
  }
}

/** @param {Uint8Array[]} parts */
export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
