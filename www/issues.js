// What the inspection says of single parameters: key → sentence. Fields show it under themselves before a run.

import { sentence } from "./format.js";

/** What listeners get as the origin of a change here: no value moved. */
export const ISSUES = Symbol("issues");

/** Holds the sentences, and tells listeners which key got another one. */
export class Issues {
  #sentences = new Map();
  #listeners = new Set();

  /** @returns {string} the sentence about a parameter, empty where there is nothing to say */
  get(key) {
    return this.#sentences.get(key) ?? "";
  }

  /** Takes over what an inspection says; notes are not among it. */
  take({ nodes, problems }) {
    const keys = new Map();
    for (const node of nodes)
      for (const input of node.inputs) keys.set(`${node.id} ${input.name}`, input.key);
    const next = new Map();
    for (const { severity, node, input, message } of problems) {
      const key = keys.get(`${node} ${input}`);
      if (severity !== "info" && key && !next.has(key)) next.set(key, sentence(message));
    }
    const moved = [...this.#sentences.keys(), ...next.keys()].filter(
      (key) => this.#sentences.get(key) !== next.get(key),
    );
    this.#sentences = next;
    for (const key of new Set(moved)) for (const listener of this.#listeners) listener(key, ISSUES);
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Ends several subscriptions. */
export function endAll(ends) {
  for (const end of ends) end();
}
