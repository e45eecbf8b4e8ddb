// What the entries' imports of wasm files are: see scripts/build.js.

declare module "*.wasm" {
  const compiled: WebAssembly.Module;
  export default compiled;
}

declare module "*.wasm?inline" {
  /** The file, gzipped, as base64. */
  const packed: string;
  export default packed;
}
