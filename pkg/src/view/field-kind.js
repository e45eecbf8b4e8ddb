// Which kind of control a field of a form gets: by its value before its type, because a designed form may say what the workflow's
// value is not, and what cannot be shown as it is would be sent as something else.

/** The kind of media that a field of these types takes. @type {Record<string, "image" | "video" | "audio">} */
export const MEDIA = { image: "image", "image-mask": "image", video: "video", audio: "audio" };
const SEEDS = new Set(["seed", "noise_seed", "rand_seed"]);

/**
 * @param {Pick<import("viewcomfy-wasm/inspect").FormField, "type" | "options" | "min" | "max">} field
 * @param {any} value the workflow's
 * @returns {"file" | "json" | "choice" | "boolean" | "long-text" | "text" | "seed" | "slider" | "number"}
 */
export function kindOf({ type, options, min, max }, value) {
  if (MEDIA[type] && (value === null || typeof value === "string")) return "file";
  if (value !== null && typeof value === "object") return "json";
  if (options !== null && options.length > 0) return "choice";
  if (typeof value === "boolean" || (type === "boolean" && value === null)) return "boolean";
  if (typeof value !== "string") {
    if (SEEDS.has(type)) return "seed";
    const isRange = type === "slider" && typeof min === "number" && typeof max === "number";
    // A slider's own numbers are not exact enough for a bigint.
    if (isRange && typeof value !== "bigint") return "slider";
    if (value !== null) return "number";
  }
  // A field of one line would drop the others.
  return type === "long-text" || /[\r\n]/.test(value) ? "long-text" : "text";
}
