// The classes that a server knows, read once and kept.

import { CallSite } from "../call-site.js";
import { nameClass } from "../class-name.js";
import { documentBytes, workflowBytes } from "../document.js";
import { ViewComfyError } from "../errors.js";
import { assertReady } from "../load.js";
import * as wasm from "../viewcomfy_inspect.js";

/** The file that comes with the package, as it was read. */
class Bundled {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  read() {
    return wasm.ServerDefinitions.bundled(this.bytes);
  }
}

/** @type {Promise<NodeDefinitions> | undefined} */
let bundled;

/** @type {(input?: any) => Promise<Uint8Array>} */
let readFile;

/**
 * Says how the file with the package's definitions is read; each entry has its own way.
 * @param {typeof readFile} read gets what the caller gave for it
 */
export function readBundledWith(read) {
  readFile = read;
}

/** @param {any} [input] */
async function load(input) {
  let bytes;
  try {
    bytes = await readFile(await input);
  } catch (cause) {
    const advice = "check that definitions.json is served next to the package, or give an objectInfo";
    throw new ViewComfyError(
      "invalid_definitions",
      `the definitions could not be loaded: ${advice}`,
      {},
      cause,
    );
  }
  return new NodeDefinitions(new Bundled(bytes));
}

/** What each `NodeDefinitions` holds in wasm memory. */
const held = new WeakMap();

/** See inspect.d.ts. */
export class NodeDefinitions {
  static {
    nameClass(NodeDefinitions, "NodeDefinitions");
  }

  constructor(objectInfo) {
    try {
      assertReady("NodeDefinitions");
      held.set(this, objectInfo instanceof Bundled ? objectInfo.read() : read(objectInfo));
    } catch (error) {
      throw new CallSite(new.target).place(error);
    }
  }

  static bundled(input) {
    assertReady("NodeDefinitions.bundled");
    if (input !== undefined) return load(input);
    bundled ??= load().catch((error) => {
      bundled = undefined;
      throw error;
    });
    return bundled;
  }

  get bundledFrom() {
    return held.get(this).bundledFrom() ?? null;
  }

  get size() {
    return held.get(this).size;
  }

  get unreadable() {
    return held.get(this).unreadable;
  }

  has(classType) {
    return held.get(this).has(String(classType));
  }

  subset(workflow) {
    try {
      return held.get(this).subset(workflowBytes(workflow));
    } catch (error) {
      throw new CallSite(this.subset).place(error);
    }
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
  const passing = (objectInfo ?? null) === null ? wasm.ServerDefinitions.none() : read(objectInfo);
  try {
    return use(passing);
  } finally {
    passing.free();
  }
}

function read(objectInfo) {
  return new wasm.ServerDefinitions(documentBytes(objectInfo, "objectInfo", "invalid_definitions"));
}
