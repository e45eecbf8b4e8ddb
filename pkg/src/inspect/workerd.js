// The inspection's entry for workerd (Cloudflare Workers): the wasm is imported, compiled.

import load from "viewcomfy-wasm/inspect";
import convert from "../viewcomfy_convert_bg.wasm";
import compiled from "../viewcomfy_inspect_bg.wasm";

export * from "viewcomfy-wasm/inspect";

export default function init(input, options) {
  return load(input ?? compiled, { convert, ...options });
}
