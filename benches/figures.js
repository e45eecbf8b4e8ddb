// The figures of benches/results.json that are shown to readers, and their formatting. No imports.

const MB = 1024 * 1024;

/** The contenders that readers see, by their names. */
export const OURS = "ours";
export const JAVASCRIPT = "best JavaScript";
export const REFERENCE = "reference";

/** @typedef {any} Results what benches/main.js writes */

/** Milliseconds for a result of this size; null where it was not measured or cannot be done. */
export function resultTime({ results }, label, who) {
  return medianOf(results.find((each) => each.label === label).standings[who]);
}

/** The name of the contender that only makes a `File` of the response. */
export function floorTime(results, label) {
  const { floor } = results.results.find((each) => each.label === label);
  return resultTime(results, label, floor);
}

/** Growth of the page's process in bytes; null where that was not measured. */
export function resultMemory({ memory }, size, who) {
  const found = memory.find((each) => each.size === size && each.contender === who && !each.cannot);
  return found ? found.peak - found.before : null;
}

/** The largest wasm memory after a result, in bytes. */
export function wasmMemory({ memory }) {
  return Math.max(...memory.filter(({ contender }) => contender === OURS).map(({ wasm }) => wasm));
}

export function logTime({ logs }, who) {
  return medianOf(logs.standings[who]);
}

export function flattenTime({ flatten }, size, form, who) {
  return medianOf(flatten.find((each) => each.size === size && each.form === form).standings[who]);
}

function medianOf(standing) {
  return !standing || standing.cannot ? null : standing.median;
}

/** A time as text: two digits below 10 ms, whole milliseconds below a second, then seconds; a dash for none. */
export function time(ms) {
  if (ms === null) return "–";
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Memory as text, in whole MB; a dash for none. */
export function memory(bytes) {
  return bytes === null ? "–" : `${Math.round(bytes / MB).toLocaleString("en")} MB`;
}
