// The result sizes that are measured, and the contenders for each. No imports.

const MB = 1024 * 1024;

/** JavaScript's strings end at about 512 MB, so JavaScript clients cannot receive more. */
const MAX_TEXT_SIZE = 256 * MB;

const LIMIT = "limit";
const FLOORS = ["floor (chunks)", "floor (blobs)", "floor (stream)"];
const OURS = "ours";
const OTHERS = ["best JavaScript", "reference"];

/**
 * @typedef {object} Size
 * @property {string} name as on the command line
 * @property {string} label as in tables
 * @property {number} outputs
 * @property {number} bytes of each output, decoded
 * @property {number} total bytes of all outputs
 */

/** @returns {Size} */
export function sizeOf(name) {
  const [first, second] = name.split("x").map(Number);
  const [outputs, megabytes] = second === undefined ? [1, first] : [first, second];
  const amount = megabytes === 1024 ? "1 GB" : `${megabytes} MB`;
  const label = outputs === 1 ? amount : `${outputs} × ${amount}`;
  return { name, label, outputs, bytes: megabytes * MB, total: outputs * megabytes * MB };
}

/** @param {Size} size */
export function contendersAt({ total }) {
  return [LIMIT, ...FLOORS, OURS, ...(total <= MAX_TEXT_SIZE ? OTHERS : [])];
}

/** @param {{ outputs: number, bytes: number }} size */
export function pathOf({ outputs, bytes }) {
  return `/large?outputs=${outputs}&bytes=${bytes}`;
}

/** The fastest floor whose file was correct. @param {Record<string, import("./rounds.js").Standing>} standings */
export function quickestFloor(standings) {
  const good = FLOORS.filter((name) => standings[name] && !standings[name].cannot);
  return good.sort((a, b) => standings[a].median - standings[b].median)[0] ?? null;
}
