// Loads the wasm once and remembers whether it is there. Knows neither the web nor Node: the entries say how to load.

import { ViewComfyError } from "./errors.js";
import { isPlainObject } from "./json.js";
import { wrongType } from "./options.js";

let ready = false;

/**
 * Makes the `init` of an entry.
 * @param {string} file the wasm's name
 * @param {(input: unknown) => Promise<unknown>} load
 */
export function initWith(file, load) {
  const once = loadOnce(file, "pass its address to init()", (input) => load(input).then(markReady));
  return function init(input) {
    try {
      checkInput("input", input);
    } catch (error) {
      return Promise.reject(error);
    }
    return once(input);
  };
}

/**
 * Every call shares one load; a failed one may be tried again.
 *
 * @template T
 * @param {string} file the wasm's name
 * @param {string} otherwise what may be done where it is not beside the package
 * @param {(input: unknown) => Promise<T>} load
 * @returns {(input: unknown) => Promise<T>}
 */
export function loadOnce(file, otherwise, load) {
  let loading;
  return (input) => {
    loading ??= load(input).catch((cause) => {
      loading = undefined;
      const advice = mayCompile()
        ? `check that ${file} is served next to the package, or ${otherwise}`
        : "the page's Content-Security-Policy forbids wasm: add 'wasm-unsafe-eval' to its script-src";
      throw new ViewComfyError("not_initialised", `the wasm could not be loaded: ${advice}`, {}, cause);
    });
    return loading;
  };
}

/** Refuses an object of options where a wasm is asked for. */
export function checkInput(name, input) {
  if (isPlainObject(input)) throw wrongType(name, "an address, a Response, bytes or a module", input);
}

/** Asks for the smallest module there is: engines say in different words that a policy forbids it. */
function mayCompile() {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {}
}

/** Throws unless the wasm is there. */
export function assertReady(name) {
  if (ready) return;
  throw new ViewComfyError("not_initialised", `${name} was called before init(): await init() once, first`);
}

function markReady() {
  ready = true;
}
