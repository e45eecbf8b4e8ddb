// The classes that a server knows, read once and kept.

import { CallSite } from "../call-site.js";
import { nameClass } from "../class-name.js";
import { documentBytes, workflowBytes } from "../document.js";
import { ViewComfyError } from "../errors.js";
import { assertReady } from "../load.js";
import * as wasm from "../viewcomfy_inspect.js";

/** What was read of a file that comes with the package. */
class Bundled {
  /** @param {wasm.ServerDefinitions} definitions */
  constructor(definitions) {
    this.definitions = definitions;
  }
}

/** A file with definitions that comes with the package, read once for all. */
class BundledFile {
  /**
   * @param {(bytes: Uint8Array) => wasm.ServerDefinitions} parse
   * @param {string} advice what to do where it cannot be loaded
   */
  constructor(parse, advice) {
    this.parse = parse;
    this.advice = advice;
    /** @type {(input?: any) => Promise<Uint8Array>} how the file is read, which each entry says */
    this.read = () => Promise.reject(new Error("no entry was loaded"));
    /** @type {Promise<NodeDefinitions> | undefined} */
    this.loaded = undefined;
    /** @type {NodeDefinitions | undefined} */
    this.ready = undefined;
  }

  /** @param {any} [input] where it is, when it is not beside the module */
  load(input) {
    if (input !== undefined) return this.fetch(input);
    this.loaded ??= this.fetch().then(
      (definitions) => {
        this.ready = definitions;
        return definitions;
      },
      (error) => {
        this.loaded = undefined;
        throw error;
      },
    );
    return this.loaded;
  }

  /** @param {any} [input] */
  async fetch(input) {
    let bytes;
    try {
      bytes = await this.read(await input);
    } catch (cause) {
      const message = `the definitions could not be loaded: ${this.advice}`;
      throw new ViewComfyError("invalid_definitions", message, {}, cause);
    }
    return new NodeDefinitions(new Bundled(this.parse(bytes)));
  }
}

/** ComfyUI's own classes. */
export const ownNodes = new BundledFile(
  (bytes) => wasm.ServerDefinitions.bundled(bytes),
  "check that definitions.json is served next to the package, or give an objectInfo",
);

/** Classes of custom nodes. */
export const customNodes = new BundledFile(
  (bytes) => wasm.ServerDefinitions.custom(bytes),
  "check that definitions-custom.json is served next to the package, or convert with customNodes: false",
);

/**
 * Says how the files with the package's definitions are read; each entry has its own way.
 * @param {(input?: any) => Promise<Uint8Array>} own gets what the caller gave for it
 * @param {(input?: any) => Promise<Uint8Array>} custom
 */
export function readBundledWith(own, custom) {
  ownNodes.read = own;
  customNodes.read = custom;
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
      held.set(this, objectInfo instanceof Bundled ? objectInfo.definitions : read(objectInfo));
    } catch (error) {
      throw new CallSite(new.target).place(error);
    }
  }

  static bundled(input) {
    assertReady("NodeDefinitions.bundled");
    return ownNodes.load(input);
  }

  static customNodes(input) {
    assertReady("NodeDefinitions.customNodes");
    return customNodes.load(input);
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
 * Calls `use` with the definitions that were given in any form, and with those of custom nodes.
 *
 * @template Result
 * @param {any} objectInfo
 * @param {any} custom
 * @param {(definitions: wasm.ServerDefinitions, custom: wasm.ServerDefinitions) => Result} use
 * @returns {Result}
 */
export function withBoth(objectInfo, custom, use) {
  const behind = customOf(custom);
  return withDefinitions(objectInfo, (definitions) =>
    withDefinitions(behind, (behind) => use(definitions, behind)),
  );
}

function customOf(custom) {
  if ((custom ?? false) === false) return undefined;
  if (custom instanceof NodeDefinitions) return custom;
  const expected = "a NodeDefinitions, as NodeDefinitions.customNodes() gives";
  throw new ViewComfyError("invalid_param", `customNodes must be ${expected}`, { key: "customNodes" });
}

/**
 * Calls `use` with what was given, or with none, and lets go of what was read for this call only.
 *
 * @template Result
 * @param {any} objectInfo
 * @param {(definitions: wasm.ServerDefinitions) => Result} use
 * @returns {Result}
 */
function withDefinitions(objectInfo, use) {
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
