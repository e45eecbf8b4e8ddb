// Tracks the wasm memory of a page, since the package does not expose its own. Runs in the page before anything else.

/** Wraps the ways to instantiate wasm; `wasmMemoryBytes()` then returns the size of all memories exported so far. */
export function watchWasmMemory() {
  /** @type {WebAssembly.Memory[]} */
  const memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original.apply(WebAssembly, args);
      const { exports } = made.instance ?? made;
      for (const each of Object.values(exports)) if (each instanceof WebAssembly.Memory) memories.push(each);
      return made;
    };
  }
  const total = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  Object.assign(globalThis, { wasmMemoryBytes: total });
}
