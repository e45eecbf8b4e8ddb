// Entry for workerd (Cloudflare Workers), which compiles wasm only when the worker is uploaded: it is imported, compiled.

import load from "viewcomfy-wasm";
import compiled from "./viewcomfy_wasm_bg.wasm";

export * from "viewcomfy-wasm";

export default function init(input) {
  return load(input ?? compiled);
}
