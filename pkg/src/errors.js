// The error class of the package. One real Error per failure, with a stable code and the facts as properties.

/** See index.d.ts. */
export class ViewComfyError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {object} [facts] become properties
   * @param {unknown} [cause]
   */
  constructor(code, message, facts, cause) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, facts);
    this.code = code;
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
