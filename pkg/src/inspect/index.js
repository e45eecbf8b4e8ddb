// The inspection's entry for browsers and whatever can fetch a file next to a module.

import { initWith } from "../load.js";
import load from "../viewcomfy_inspect.js";

export * from "./surface.js";

export default initWith("viewcomfy_inspect_bg.wasm", async (input) => {
  const source = await input;
  return load(source === undefined ? undefined : { module_or_path: source });
});
