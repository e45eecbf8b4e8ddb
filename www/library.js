// Loads the package once, apart from the page, so that the page can be used before the wasm is there.

let loading = null;

/** The package, its wasm loaded. A failed load may be tried again. */
export function loadLibrary() {
  loading ??= load();
  return loading;
}

async function load() {
  try {
    const library = await import("viewcomfy-wasm");
    await library.default();
    return library;
  } catch (error) {
    loading = null;
    throw error;
  }
}
