// What the person changed: parameter key → value, which seeds are drawn, and what cannot be sent yet and why. Each step can be
// undone.

import { createHistory } from "./history.js";

/**
 * What is known of one key.
 *
 * @typedef {object} Change
 * @property {any} [value] left out where the workflow's own counts
 * @property {{ words: string, text: string }} [refused] what is in the field and is not a value, and why
 * @property {boolean} [drawn] whether a new seed is drawn at each run; left out where that is as it was opened
 */

/** Holds changed values, switches and problems, and tells listeners which key moved. */
export class Changes {
  /** @type {Map<string, Change>} */
  #changes = new Map();
  /**
   * What the workflow was opened with beside its own values: a design's, and seeds that are drawn from the start.
   *
   * @type {Map<string, Change>}
   */
  #begun = new Map();
  /** What the last run's refusal said about a key. */
  #remarks = new Map();
  #listeners = new Set();
  #history = createHistory();

  /** How many parameters are another than the workflow says. */
  get size() {
    return this.#changes.size;
  }

  get(key) {
    return this.#changes.get(key)?.value;
  }

  /** @param {string} key */
  has(key) {
    return this.#changes.has(key);
  }

  /** What is wrong with the field's text, or with the value that the last run was refused for. */
  problem(key) {
    return this.#changes.get(key)?.refused?.words ?? this.#remarks.get(key);
  }

  /** The text in the field where it is not a value. */
  text(key) {
    return this.#changes.get(key)?.refused?.text;
  }

  /** The first parameter that cannot be sent, or undefined. */
  firstProblem() {
    return this.keys().find((key) => this.#changes.get(key).refused);
  }

  /** Whether a new seed is drawn for this key at each run. */
  isDrawn(key) {
    return this.#changes.get(key)?.drawn ?? this.#begun.get(key)?.drawn ?? false;
  }

  /** The changed values. */
  entries() {
    return this.keys().flatMap((key) => {
      const change = this.#changes.get(key);
      return "value" in change ? [[key, change.value]] : [];
    });
  }

  /** The parameters that were touched, with a value that can be sent or not. */
  keys() {
    return [...this.#changes.keys()];
  }

  /** What a person did, without what a design began with: `[key, change]`. */
  edits() {
    return [...this.#changes].filter(([key, change]) => !same(change, this.#begun.get(key)));
  }

  /**
   * A value is a decision: a seed that was drawn until now is drawn no more. `origin` tells listeners who moved it: a control does
   * not need to be shown what it just said itself.
   */
  set(key, value, origin = null) {
    this.#put(key, this.#decided(key, { value }), origin);
  }

  /** The text in the field is not a value: keep it from being sent. */
  refuse(key, words, text, origin = null) {
    this.#put(key, this.#decided(key, { refused: { words, text } }), origin);
  }

  /** The workflow's own value, typed or chosen: as much a decision as any other. Over a design's it has to be told. */
  setOwn(key, value, origin = null) {
    this.#put(key, this.#decided(key, "value" in (this.#begun.get(key) ?? {}) ? { value } : {}), origin);
  }

  /** Whether a new seed is drawn at each run. The number in the field stays for when it is not. */
  draw(key, drawn, origin = null) {
    const { refused, ...rest } = this.#changes.get(key) ?? {};
    this.#put(key, this.#switched(key, drawn, rest), origin);
  }

  /** Back to what the workflow says. */
  reset(key, origin = null) {
    if (this.has(key)) this.#put(key, {}, origin);
  }

  resetAll() {
    this.together(() => {
      for (const key of this.keys()) this.reset(key);
    });
  }

  /** Makes one step of all that `work` does. */
  together(work) {
    this.#history.together(work);
  }

  /** What was typed into a field until now is one step; what follows is another. */
  endStep() {
    this.#history.endStep();
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** Takes the last step back. @returns {string[]} the keys that moved */
  undo() {
    return this.#apply(this.#history.undo());
  }

  /** @returns {string[]} the keys that moved */
  redo() {
    return this.#apply(this.#history.redo());
  }

  /**
   * What a designed form (a value) or a file (a seed that is drawn) begins with, unless the person was quicker: not a step, and
   * not a person's change.
   */
  begin(key, change) {
    if (same(this.#begun.get(key), change)) return;
    this.#begun.set(key, change);
    if ("value" in change && !this.has(key)) this.#changes.set(key, change);
    this.#tell(key, null);
  }

  /** What was kept from an earlier visit; not a step. */
  restore(edits) {
    for (const [key, change] of edits) {
      this.#changes.set(key, change);
      this.#tell(key, null);
    }
  }

  /** Forgets everything about other keys: the workflow has become another. */
  keepOnly(keys) {
    for (const map of [this.#changes, this.#begun, this.#remarks])
      for (const key of map.keys()) if (!keys.has(key)) map.delete(key);
    this.#history.keepOnly(keys);
  }

  /** What a refused run said about these keys, until they change or the next run begins. */
  setRemarks(remarks) {
    const before = [...this.#remarks.keys()];
    this.#remarks = new Map(remarks);
    for (const key of new Set([...before, ...this.#remarks.keys()])) this.#tell(key, null, true);
  }

  /**
   * The listener gets the key, who moved it, and whether only what was remarked about it is another. Returns a function that ends
   * the subscription.
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The change with the switch off, which is told only where it began on. */
  #decided(key, change) {
    return this.#switched(key, false, change);
  }

  /** @param {string} key @param {boolean} drawn @param {Change} change */
  #switched(key, drawn, { drawn: _, ...rest }) {
    const asBegun = drawn === (this.#begun.get(key)?.drawn ?? false);
    return asBegun ? rest : { ...rest, drawn };
  }

  #put(key, change, origin) {
    const before = this.#changes.get(key);
    if (!same(before, change)) this.#history.note(key, before, change, origin);
    this.#remarks.delete(key);
    this.#write(key, change);
    this.#tell(key, origin);
  }

  #write(key, change) {
    if (change === undefined || Object.keys(change).length === 0) this.#changes.delete(key);
    else this.#changes.set(key, change);
  }

  #apply(moves) {
    for (const [key, change] of moves) {
      this.#remarks.delete(key);
      this.#write(key, change);
    }
    for (const [key] of moves) this.#tell(key, null);
    return moves.map(([key]) => key);
  }

  #tell(key, origin, onlyRemark = false) {
    for (const listener of this.#listeners) listener(key, origin, onlyRemark);
  }
}

function same(change = {}, other = {}) {
  return (
    "value" in change === "value" in other &&
    change.value === other.value &&
    change.refused === other.refused &&
    change.drawn === other.drawn
  );
}
