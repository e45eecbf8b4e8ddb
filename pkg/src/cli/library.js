// The library's two halves, loaded by the command that needs them.

/** @returns {Promise<typeof import("viewcomfy-wasm")>} */
export async function client() {
  const library = await import("viewcomfy-wasm");
  await library.default();
  return library;
}

/** @returns {Promise<typeof import("viewcomfy-wasm/inspect")>} */
export async function inspection() {
  const library = await import("viewcomfy-wasm/inspect");
  await library.default();
  return library;
}
