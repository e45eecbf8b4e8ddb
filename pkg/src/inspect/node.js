// The inspection's entry for Node: the wasm is read from disk.

import { fromDisk } from "../file-address.js";
import { initWith } from "../load.js";
import load from "../viewcomfy_inspect.js";

export * from "./surface.js";

const BESIDE = new URL("./viewcomfy_inspect_bg.wasm", import.meta.url);

export default initWith("viewcomfy_inspect_bg.wasm", async (input) =>
  load({ module_or_path: await fromDisk((await input) ?? BESIDE) }),
);
