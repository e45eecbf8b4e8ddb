// Shortens the names of a wasm file's imports and exports, which are in the file and in its glue.

import { Failure } from "./run.js";

/** The flags for wasm-opt, which prints the new names. */
export const SHORTEN = "--minify-imports-and-exports-and-modules";
/** Its name for the module that everything is imported from. */
const MODULE = "a";

/**
 * The glue with the new names.
 *
 * @param {string} glue as wasm-bindgen wrote it
 * @param {string} printed the output of wasm-opt, JSON
 */
export function withShortNames(glue, printed) {
  const { imports, exports } = JSON.parse(printed);
  let text = glue;
  for (const [module, name, short] of imports) {
    text = replacedOnce(text, `        ${name}: function`, `        ${short}: function`);
    if (text.includes(`"${module}": import0`))
      text = text.replace(`"${module}": import0`, `${MODULE}: import0`);
  }
  const names = new Map(exports);
  return text.replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${names.get(name) ?? lost(name)}`);
}

function replacedOnce(text, old, now) {
  const [before, after, ...more] = text.split(old);
  if (after === undefined || more.length > 0) lost(old.trim());
  return before + now + after;
}

function lost(name) {
  throw new Failure(`The glue and the wasm do not agree on "${name}": see scripts/short-names.js`);
}
