// Entry for Node, whose fetch does not take file addresses: the wasm is read from disk. Its clients ask endpoints in a way
// of their own, see endpoint-fetch.js.

import { endpointFetch } from "./endpoint-fetch.js";
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
export class ViewComfyClient extends Client {
  constructor(options) {
    super(withFetch(options));
  }
}

/** What was given stays as it is, getters and all; a fetch of the caller's own counts. */
function withFetch(options) {
  if (typeof options !== "object" || options === null || options.fetch !== undefined) return options;
  return Object.create(options, { fetch: { value: endpointFetch } });
}
