// What the entries' imports of wasm files and style sheets are: see scripts/build.js.

declare module "*.wasm" {
  const compiled: WebAssembly.Module;
  export default compiled;
}

declare module "*.wasm?inline" {
  /** The file, gzipped, as base64. */
  const packed: string;
  export default packed;
}

declare module "*.css" {
  /** The sheet, minified. */
  const text: string;
  export default text;
}
