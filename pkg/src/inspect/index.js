// The inspection's entry for browsers and whatever can fetch a file next to a module.

import { initWith } from "../load.js";
import loadConvert from "../viewcomfy_convert.js";
import load from "../viewcomfy_inspect.js";
import { loadConversionWith, withConversion } from "./conversion.js";
import { readBundledWith } from "./definitions.js";

export * from "./surface.js";

// Bundlers follow addresses that are written out like this.
readBundledWith(
  (input = new URL("./definitions.json", import.meta.url)) => read(input),
  (input = new URL("./definitions-custom.json", import.meta.url)) => read(input),
);

async function read(input) {
  const response = input instanceof Response ? input : await fetch(input);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return new Uint8Array(await response.arrayBuffer());
}

const from = async (input) => {
  const source = await input;
  return source === undefined ? undefined : { module_or_path: source };
};

loadConversionWith(async (input) => loadConvert(await from(input)));

export default withConversion(
  initWith("viewcomfy_inspect_bg.wasm", async (input) => load(await from(input))),
);
