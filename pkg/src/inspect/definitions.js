// The classes that a server knows, read once and kept. Depends on load.js and the glue.

import { assertReady } from "../load.js";
import * as wasm from "../viewcomfy_inspect.js";

/** What each `NodeDefinitions` holds in wasm memory. */
const held = new WeakMap();

/** See inspect.d.ts. */
export class NodeDefinitions {
  constructor(objectInfo) {
    assertReady("NodeDefinitions");
    held.set(this, new wasm.ServerDefinitions(objectInfo));
  }

  get size() {
    return held.get(this).size;
  }

  has(classType) {
    return held.get(this).has(String(classType));
  }
}

/**
 * Calls `use` with the definitions that were given in any form, or with none, and lets go of those that were read for this call only.
 *
 * @template Result
 * @param {any} objectInfo
 * @param {(definitions: wasm.ServerDefinitions) => Result} use
 * @returns {Result}
 */
export function withDefinitions(objectInfo, use) {
  const kept = held.get(objectInfo);
  if (kept) return use(kept);
  const read =
    (objectInfo ?? null) === null ? wasm.ServerDefinitions.none() : new wasm.ServerDefinitions(objectInfo);
  try {
    return use(read);
  } finally {
    read.free();
  }
}
