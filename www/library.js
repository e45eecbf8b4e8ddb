// Loads the package's two entries, apart from the page, so that the page can be used before their wasm is there.

const loading = new Map();

/** The client, its wasm loaded. A failed load may be tried again. */
export function loadLibrary() {
  return load("client", () => import("viewcomfy-wasm"));
}

/** The inspector, which looks into workflows and files: loaded when there is something to look into. */
export function loadInspector() {
  return load("inspector", () => import("viewcomfy-wasm/inspect"));
}

/** @template T @param {string} name @param {() => Promise<T & { default(): Promise<void> }>} start @returns {Promise<T>} */
function load(name, start) {
  if (!loading.has(name)) {
    const started = start().then(async (library) => {
      await library.default();
      return library;
    });
    loading.set(name, started);
    started.catch(() => loading.delete(name));
  }
  return loading.get(name);
}
