// Entry with the wasm in it for servers, whose clients ask endpoints by endpoint-fetch.js.

import { ViewComfyClient as Client } from "viewcomfy-wasm/inline";
import { askingEndpoints } from "./endpoint-client.js";

export * from "viewcomfy-wasm/inline";
export { default } from "viewcomfy-wasm/inline";

/** See index.d.ts. */
export const ViewComfyClient = askingEndpoints(Client);
