// The package's two other entries, loaded when a tag first needs them and shared by all tags: their `init` loads once.

/** The client, its wasm loaded. */
export async function loadClient() {
  const library = await import("viewcomfy-wasm");
  await library.default();
  return library;
}

/** What looks into workflows, its wasm loaded. */
export async function loadInspector() {
  const library = await import("viewcomfy-wasm/inspect");
  await library.default();
  return library;
}
