// Counts the steps of a backtracking engine for a pattern and a text: one for each character that is examined, at each
// position and in each attempt. Real engines optimise some cases and are never worse, so what is linear here is linear there.

import { RegExpParser } from "@eslint-community/regexpp";

const parser = new RegExpParser();

/** @param {{ source: string, flags: string }} pattern */
export function counterFor({ source, flags }) {
  const unicode = flags.includes("u");
  const tree = parser.parsePattern(source, 0, source.length, unicode);
  const matcher = new Matcher(flags);
  return { tree, sets: setsOf(tree), work: (text) => matcher.work(tree, text) };
}

/** A pattern's characters and classes, by which it can distinguish texts. @returns {((char: string) => boolean)[]} */
function setsOf(tree) {
  const found = [];
  visit(tree, (node) => SETS.has(node.type) && found.push(node));
  return found;
}

const SETS = new Set(["Character", "CharacterClass", "CharacterSet"]);
const CHILDREN = ["alternatives", "elements", "element"];

/** Every node of a tree. */
export function visit(node, see) {
  see(node);
  for (const name of CHILDREN) {
    const inner = node[name];
    if (name === "elements" && node.type === "CharacterClass") continue;
    for (const child of Array.isArray(inner) ? inner : inner ? [inner] : []) visit(child, see);
  }
}

/** More steps than any test text needs in linear time; a pattern that takes this many is worse than quadratic. */
const MAX_STEPS = 1_000_000;
class TooMuch extends Error {}

/** Continuations: each node gets what follows it, and is tried again if that fails. */
class Matcher {
  #flags;
  #sets = new Map();
  #steps = 0;
  #text = "";
  #starts;

  constructor(flags) {
    this.#flags = flags.replace(/[gy]/g, "");
    this.#starts = flags.includes("y") ? "sticky" : flags.includes("g") ? "all" : "first";
  }

  /** The number of steps, or infinity if there are too many to count. */
  work(tree, text) {
    this.#steps = 0;
    this.#text = text;
    try {
      this.#search(tree, text);
      return this.#steps;
    } catch (error) {
      if (error instanceof TooMuch) return Number.POSITIVE_INFINITY;
      throw error;
    }
  }

  /** All matches with `g`, as `replace` and `matchAll` look for them, otherwise the first. */
  #search(tree, text) {
    let at = 0;
    while (at <= text.length) {
      const end = this.#alternatives(tree, at, (place) => place);
      if (end < 0 && this.#starts === "sticky") break;
      if (end >= 0 && this.#starts !== "all") break;
      at = end > at ? end : at + 1;
    }
  }

  #step() {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new TooMuch();
  }

  fits(node, char) {
    const known = this.#sets.get(node) ?? new Map();
    this.#sets.set(node, known);
    if (!known.has(char)) known.set(char, new RegExp(`^${node.raw}$`, this.#flags).test(char));
    return known.get(char);
  }

  #alternatives({ alternatives }, at, next) {
    for (const { elements } of alternatives) {
      const end = this.#sequence(elements, 0, at, next);
      if (end >= 0) return end;
    }
    return -1;
  }

  #sequence(elements, index, at, next) {
    if (index === elements.length) return next(at);
    return this.#node(elements[index], at, (place) => this.#sequence(elements, index + 1, place, next));
  }

  #node(node, at, next) {
    if (node.type === "Quantifier") return this.#repeated(node, 0, at, next);
    if (node.type === "Group" || node.type === "CapturingGroup") return this.#alternatives(node, at, next);
    if (node.type === "Assertion") return this.#asserted(node, at) ? next(at) : -1;
    if (!SETS.has(node.type)) throw new Error(`${node.raw} cannot be counted`);
    return this.#one(node, at) ? next(at + 1) : -1;
  }

  #one(node, at) {
    this.#step();
    return at < this.#text.length && this.fits(node, this.#text[at]);
  }

  /** Single characters in a loop, since a call for each would be too deep. */
  #repeated(node, done, at, next) {
    const { element, min, max, greedy } = node;
    if (greedy && SETS.has(element.type)) return this.#run(node, at, next);
    const more = () =>
      done === max
        ? -1
        : this.#node(element, at, (place) => (place > at ? this.#repeated(node, done + 1, place, next) : -1));
    if (done < min) return more();
    const order = greedy ? [more, () => next(at)] : [() => next(at), more];
    const end = order[0]();
    return end >= 0 ? end : order[1]();
  }

  #run({ element, min, max }, at, next) {
    let end = at;
    while (end - at < max && this.#one(element, end)) end += 1;
    for (; end - at >= min; end -= 1) {
      this.#step();
      const done = next(end);
      if (done >= 0) return done;
    }
    return -1;
  }

  #asserted(node, at) {
    this.#step();
    const text = this.#text;
    const [before, after] = [text[at - 1], text[at]];
    const isBreak = (char) =>
      char !== undefined && this.#flags.includes("m") && /[\n\r\u2028\u2029]/.test(char);
    if (node.kind === "start") return at === 0 || isBreak(before);
    if (node.kind === "end") return at === text.length || isBreak(after);
    const isWord = (char) => char !== undefined && /\w/.test(char);
    if (node.kind === "word") return (isWord(before) !== isWord(after)) !== node.negate;
    // The project's lookbehinds have one character only.
    const found = this.#alternatives(node, node.kind === "lookbehind" ? at - 1 : at, (place) => place) >= 0;
    return (at > 0 || node.kind === "lookahead" ? found : false) !== node.negate;
  }
}
