/**
 * `viewcomfy-wasm/inline`: the same as `viewcomfy-wasm`, with the wasm inside the JavaScript, for those who cannot serve a
 * second file. It is a third larger to download, and the wasm is compiled once it is unpacked.
 *
 * Cloudflare Workers compile no wasm while they run: import `viewcomfy-wasm` there.
 * @module
 */

export * from "./index.js";
export { default } from "./index.js";
