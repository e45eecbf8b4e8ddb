// The wasm of the conversion: loaded when it is first needed, from where `init` was told.

import { checkInput, loadOnce } from "../load.js";
import { optionsOf } from "../options.js";
import { InitOptions } from "./option-names.js";

const FILE = "viewcomfy_convert_bg.wasm";

/** @type {unknown} what `init` was given for it */
let given;
let once = loadOnce(FILE, "", () => Promise.reject(new Error("no entry was loaded")));

/** Loads the wasm of the conversion, unless it is there. */
export const loadConversion = () => once(given);

/**
 * Says how it is loaded; each entry has its own way.
 * @param {(input: unknown) => Promise<unknown>} load
 */
export function loadConversionWith(load) {
  once = loadOnce(FILE, "give its address to init(), as convert", load);
}

/**
 * The `init` of the inspection, which takes the conversion's wasm along.
 * @param {(input?: any) => Promise<void>} init
 */
export function withConversion(init) {
  return (input, options) => {
    try {
      const { convert } = optionsOf(options, InitOptions, "init");
      checkInput("convert", convert);
      if (convert !== undefined) keep(convert);
    } catch (error) {
      return Promise.reject(error);
    }
    return init(input);
  };
}

function keep(input) {
  given = input;
  // Nobody may ever ask for it; whoever does hears why it failed.
  Promise.resolve(input).catch(() => {});
}
