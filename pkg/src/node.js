// Entry for Node, whose fetch does not take file addresses: the wasm is read from disk.

import { askingEndpoints } from "./endpoint-client.js";
import { fromDisk } from "./file-address.js";
import { initWith } from "./load.js";
import { ViewComfyClient as Client } from "./surface.js";
import load from "./viewcomfy_wasm.js";

export * from "./surface.js";

const BESIDE = new URL("./viewcomfy_wasm_bg.wasm", import.meta.url);

export default initWith("viewcomfy_wasm_bg.wasm", async (input) =>
  load({ module_or_path: await fromDisk((await input) ?? BESIDE) }),
);

/** See index.d.ts. */
export const ViewComfyClient = askingEndpoints(Client);
