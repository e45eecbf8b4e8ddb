// Entry for Deno and Bun, which load the wasm as browsers do.

import { ViewComfyClient as Client } from "viewcomfy-wasm";
import { askingEndpoints } from "./endpoint-client.js";

export * from "viewcomfy-wasm";
export { default } from "viewcomfy-wasm";

/** See index.d.ts. */
export const ViewComfyClient = askingEndpoints(Client);
