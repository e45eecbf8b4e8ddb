// What the person changed: parameter key → value, plus what cannot be sent yet and why.

/** Holds changed values and problems, and tells listeners which key moved. */
export class Changes {
  #values = new Map();
  #problems = new Map();
  #listeners = new Set();

  get size() {
    return this.#values.size;
  }

  get(key) {
    return this.#values.get(key);
  }

  has(key) {
    return this.#values.has(key) || this.#problems.has(key);
  }

  problem(key) {
    return this.#problems.get(key);
  }

  /** The first parameter that cannot be sent, or undefined. */
  firstProblem() {
    return this.#problems.keys().next().value;
  }

  /** The changed values as they are sent. */
  entries() {
    return [...this.#values];
  }

  /** The parameters that were touched, with a value that can be sent or not. */
  keys() {
    return [...new Set([...this.#values.keys(), ...this.#problems.keys()])];
  }

  /** `origin` tells listeners who moved it: a control does not need to be shown what it just said itself. */
  set(key, value, origin = null) {
    this.#problems.delete(key);
    this.#values.set(key, value);
    this.#tell(key, origin);
  }

  /** The text in the field is not a value: keep it from being sent. */
  refuse(key, problem, origin = null) {
    this.#values.delete(key);
    this.#problems.set(key, problem);
    this.#tell(key, origin);
  }

  /** Back to what the workflow says. */
  reset(key, origin = null) {
    if (!this.has(key)) return;
    this.#values.delete(key);
    this.#problems.delete(key);
    this.#tell(key, origin);
  }

  resetAll() {
    for (const key of this.keys()) this.reset(key);
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(key, origin) {
    for (const listener of this.#listeners) listener(key, origin);
  }
}
