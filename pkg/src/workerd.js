// Entry for workerd (Cloudflare Workers), which compiles wasm only when the worker is uploaded: it is imported, compiled.

import load, { ViewComfyClient as Client } from "viewcomfy-wasm";
import { askingEndpoints } from "./endpoint-client.js";
import compiled from "./viewcomfy_wasm_bg.wasm";

export * from "viewcomfy-wasm";

export default function init(input) {
  return load(input ?? compiled);
}

/** See index.d.ts. */
export const ViewComfyClient = askingEndpoints(Client);
