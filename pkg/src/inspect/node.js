// The inspection's entry for Node: the wasm is read from disk.

import { fromDisk } from "../file-address.js";
import { initWith } from "../load.js";
import loadConvert from "../viewcomfy_convert.js";
import load from "../viewcomfy_inspect.js";
import { loadConversionWith, withConversion } from "./conversion.js";
import { readBundledWith } from "./definitions.js";

export * from "./surface.js";

readBundledWith(
  (input = new URL("./definitions.json", import.meta.url)) => read(input),
  (input = new URL("./definitions-custom.json", import.meta.url)) => read(input),
);

async function read(input) {
  const given = await fromDisk(input);
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const response = given instanceof Response ? given : await fetch(/** @type {any} */ (given));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return new Uint8Array(await response.arrayBuffer());
}

const BESIDE = new URL("./viewcomfy_inspect_bg.wasm", import.meta.url);
const CONVERT_BESIDE = new URL("./viewcomfy_convert_bg.wasm", import.meta.url);

const from = async (input, beside) => ({ module_or_path: await fromDisk((await input) ?? beside) });

loadConversionWith(async (input) => loadConvert(await from(input, CONVERT_BESIDE)));

export default withConversion(
  initWith("viewcomfy_inspect_bg.wasm", async (input) => load(await from(input, BESIDE))),
);
