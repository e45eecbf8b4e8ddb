// Short names for what a wasm file imports and exports: they stand in it and in its glue, which are downloaded together.

import { Failure } from "./run.js";

/** What wasm-opt is asked for. It prints the new names. */
export const SHORTEN = "--minify-imports-and-exports-and-modules";
/** What it calls the module that everything is imported from. */
const MODULE = "a";

/**
 * The glue with the new names in it.
 *
 * @param {string} glue as wasm-bindgen wrote it
 * @param {string} printed what wasm-opt said, JSON
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
