// The values of a run, for programs in several languages.

/** The image or file of a value; null where it is none. */
export function fileOf(value) {
  if (value instanceof Blob) return value;
  return value?.image instanceof Blob ? value.image : null;
}

/** The mask of a value; null where it has none. */
export function maskOf(value) {
  return value?.mask instanceof Blob ? value.mask : null;
}

/**
 * Writes a value as source text. Lists, objects and texts look alike in JavaScript, Python and JSON; how the rest is written
 * depends on the language.
 *
 * @param {{ bigint?: (value: bigint) => string, word?: (value: boolean | null) => string, file?: () => string,
 *   masked?: () => string }} language
 * @returns {(value: any) => string}
 */
export function literalWith({ bigint = String, word = String, file = noFile, masked = noFile }) {
  const write = (value) => {
    if (fileOf(value)) return maskOf(value) ? masked() : file();
    if (typeof value === "bigint") return bigint(value);
    if (value === null || typeof value === "boolean") return word(value);
    if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
    if (typeof value !== "object") return JSON.stringify(value);
    const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item)}`);
    return members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
  };
  return write;
}

/** Whether a run draws the value: `"random"` for a seed. For any other input it is a text. */
export function isDrawn([key, value]) {
  const name = key.slice(key.lastIndexOf("-inputs-") + "-inputs-".length);
  return value === "random" && name.toLowerCase().includes("seed");
}

/** The values without those that are files, and the files apart: by key, with the mask's name where there is one. */
export function withoutFiles(params) {
  const entries = Object.entries(params);
  const files = entries.flatMap(([key, value]) => {
    const file = fileOf(value);
    return file ? [{ key, name: nameOf(file, "in.png"), mask: maskName(value) }] : [];
  });
  return { values: entries.filter(([, value]) => !fileOf(value)), files };
}

function maskName(value) {
  const mask = maskOf(value);
  return mask ? nameOf(mask, "mask.png") : null;
}

function nameOf(file, otherwise) {
  return file.name || otherwise;
}

/** @returns {string} */
function noFile() {
  throw new TypeError("a file is not a value");
}
