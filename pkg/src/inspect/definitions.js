// The classes that a server knows, read once and kept.

import { CallSite } from "../call-site.js";
import { nameClass } from "../class-name.js";
import { documentBytes, workflowBytes } from "../document.js";
import { ViewComfyError } from "../errors.js";
import { assertReady } from "../load.js";
import * as wasm from "../viewcomfy_inspect.js";

/** What the definitions are, by the name of the call that reads them into a wasm. */
const SERVER = "server";
const BUNDLED = "bundled";
const CUSTOM = "custom";

/** What was read of a file that comes with the package. */
class Bundled {
  /** @param {Held} held */
  constructor(held) {
    this.held = held;
  }
}

/** A file with definitions that comes with the package, read once for all. */
class BundledFile {
  /**
   * @param {"bundled" | "custom"} kind
   * @param {string} advice what to do where it cannot be loaded
   */
  constructor(kind, advice) {
    this.kind = kind;
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
    const definitions = wasm.ServerDefinitions[this.kind](bytes);
    return new NodeDefinitions(new Bundled({ kind: this.kind, definitions }));
  }
}

/** ComfyUI's own classes. */
export const ownNodes = new BundledFile(
  BUNDLED,
  "check that definitions.json is served next to the package, or give an objectInfo",
);

/** Classes of custom nodes. */
export const customNodes = new BundledFile(
  CUSTOM,
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

/**
 * What a `NodeDefinitions` holds in the memory of the inspection's wasm, and in that of the conversion's once that needed it.
 *
 * @typedef {{ kind: "server" | "bundled" | "custom", definitions: wasm.ServerDefinitions, converting?: any }} Held
 * @type {WeakMap<object, Held>}
 */
const held = new WeakMap();

const heldBy = (definitions) => /** @type {Held} */ (held.get(definitions)).definitions;

/** See inspect.d.ts. */
export class NodeDefinitions {
  static {
    nameClass(NodeDefinitions, "NodeDefinitions");
  }

  constructor(objectInfo) {
    try {
      assertReady("NodeDefinitions");
      const own = () => ({ kind: /** @type {const} */ (SERVER), definitions: read(wasm, objectInfo) });
      held.set(this, objectInfo instanceof Bundled ? objectInfo.held : own());
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
    return heldBy(this).bundledFrom() ?? null;
  }

  get size() {
    return heldBy(this).size;
  }

  get unreadable() {
    return heldBy(this).unreadable;
  }

  has(classType) {
    return heldBy(this).has(String(classType));
  }

  subset(workflow) {
    try {
      return heldBy(this).subset(workflowBytes(workflow));
    } catch (error) {
      throw new CallSite(this.subset).place(error);
    }
  }
}

/**
 * A wasm that works with definitions, and what it has of those that are kept.
 *
 * @typedef {{ wasm: { ServerDefinitions: any }, kept: (given: any) => any }} Part
 */

/** @type {Part} */
const INSPECTION = { wasm, kept: (given) => held.get(given)?.definitions };

/**
 * The conversion's part: what is kept crosses into its memory once.
 *
 * @param {{ ServerDefinitions: any }} wasm
 * @returns {Part}
 */
export function conversionPart(wasm) {
  const kept = (given) => {
    const own = held.get(given);
    if (own) own.converting ??= wasm.ServerDefinitions[own.kind](own.definitions.text());
    return own?.converting;
  };
  return { wasm, kept };
}

/**
 * Calls `use` with the definitions that were given in any form, and with those of custom nodes.
 *
 * @template Result
 * @param {any} objectInfo
 * @param {any} custom
 * @param {(definitions: any, custom: any) => Result} use
 * @param {Part} [part] whose wasm `use` calls
 * @returns {Result}
 */
export function withBoth(objectInfo, custom, use, part = INSPECTION) {
  const behind = customOf(custom);
  return withDefinitions(part, objectInfo, (definitions) =>
    withDefinitions(part, behind, (behind) => use(definitions, behind)),
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
 * @param {Part} part
 * @param {any} objectInfo
 * @param {(definitions: any) => Result} use
 * @returns {Result}
 */
function withDefinitions({ wasm, kept }, objectInfo, use) {
  const known = kept(objectInfo);
  if (known) return use(known);
  const passing = (objectInfo ?? null) === null ? wasm.ServerDefinitions.none() : read(wasm, objectInfo);
  try {
    return use(passing);
  } finally {
    passing.free();
  }
}

function read({ ServerDefinitions }, objectInfo) {
  return ServerDefinitions[SERVER](documentBytes(objectInfo, "objectInfo", "invalid_definitions"));
}
