// The newest lines of a log, as arrays that never change once they have been handed out.

export class Lines {
  #shown = [];
  #added = [];

  /** @param {number} max how many lines are kept */
  constructor(max) {
    this.max = max;
  }

  /** @returns {boolean} whether there is anything new to show */
  add(line) {
    if (this.max === 0) return false;
    this.#added.push(line);
    // Cut from time to time, so that many lines between two reads cost neither memory nor a copy per line.
    if (this.#added.length > 2 * this.max) this.#added = newest(this.#added, this.max);
    return true;
  }

  /** The same array until something is added. */
  all() {
    if (this.#added.length === 0) return this.#shown;
    this.#shown = newest([...this.#shown, ...this.#added], this.max);
    this.#added = [];
    return this.#shown;
  }

  clear() {
    this.#shown = [];
    this.#added = [];
  }
}

function newest(lines, max) {
  return lines.slice(Math.max(lines.length - max, 0));
}
