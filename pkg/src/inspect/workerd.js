// The inspection's entry for workerd (Cloudflare Workers): the wasm is imported, compiled.

import load from "viewcomfy-wasm/inspect";
import compiled from "../viewcomfy_inspect_bg.wasm";

export * from "viewcomfy-wasm/inspect";

export default function init(input) {
  return load(input ?? compiled);
}
