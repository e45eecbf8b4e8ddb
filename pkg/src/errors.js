// The error class of the package. One real Error per failure, with a stable code and the facts as properties.

import { nameClass } from "./class-name.js";
import { plainData } from "./plain-data.js";

/** See index.d.ts. */
export class ViewComfyError extends Error {
  static {
    nameClass(ViewComfyError, "ViewComfyError");
  }

  /**
   * @param {string} code
   * @param {string} message
   * @param {object} [facts] become properties
   * @param {unknown} [cause]
   */
  constructor(code, message, facts, cause) {
    super(message, cause === undefined ? undefined : { cause });
    // WebKit puts the place in the program there, where ours have a place in the workflow.
    for (const place of ["line", "column"]) delete this[place];
    Object.assign(this, facts);
    this.code = code;
  }

  toJSON() {
    const { name, code, message, cause, ...facts } = this;
    const why = cause instanceof Error && { cause: `${cause}` };
    return plainData({ name, code, message, ...facts, ...why });
  }
}
// On the prototype, as for the built-in errors: it is not one of the facts.
ViewComfyError.prototype.name = "ViewComfyError";

/**
 * By name and code rather than `instanceof`, so that errors of another copy of the package count too.
 * @param {unknown} value
 */
export function isViewComfyError(value) {
  if (!(value instanceof Error) || value.name !== "ViewComfyError") return false;
  return "code" in value && typeof value.code === "string";
}

/** What the core advises, and by which call or option that is done in JavaScript; a test finds each in the core. */
export const IN_JAVASCRIPT = {
  editor_workflow: [
    [
      "convert it,",
      "convert it with toApiFormat of viewcomfy-wasm/inspect, whose applyParams also puts values into this format,",
    ],
  ],
  invalid_workflow: [["the view_comfy.json ", "viewComfy, the view_comfy.json, "]],
  unknown_param: [["flatten the workflow to see the keys", "see flattenWorkflow for the keys"]],
  too_large: [
    ["raise the limit of a result", "raise maxResultBytes (0 means no limit)"],
    ["raise the limit of an event", "raise maxEventBytes (0 means no limit)"],
  ],
  network: [
    ["ask for a streamed response", "use inferWithLogs or stream"],
    ["call through your own backend", "call through your own backend (viewcomfy-wasm/proxy)"],
  ],
  storage_full: [["drop earlier results,", "drop earlier results and their object URLs,"]],
};

/** Where there is no memory for something small, the wasm stops, and what it throws does not say why. */
export function typed(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new ViewComfyError("storage_full", "the wasm has run out of memory: run fewer at once", {}, error);
}

/** Makes the error for a failure of the core, for src/wasm/error.rs. */
export function coreError(code, message, facts, cause) {
  let text = message;
  for (const [advice, here] of IN_JAVASCRIPT[code] ?? []) text = text.replaceAll(advice, here);
  return new ViewComfyError(code, text, facts, cause);
}
