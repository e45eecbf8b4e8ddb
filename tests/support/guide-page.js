// Small stand-ins for what the guides' examples use in a page: elements, storage, a download. The network is real.

/** Installs the stand-ins. @returns {{ elements: object, saved: object[], listeners: object, remove(): void }} */
export function installPage({ chosen }) {
  const elements = {};
  const saved = [];
  const listeners = {};
  const stored = new Map();
  globalThis.document = {
    querySelector(selector) {
      elements[selector] ??= selector === "input[type=file]" ? { files: [chosen()] } : {};
      return elements[selector];
    },
    createElement: () => ({
      click() {
        saved.push({ href: this.href, download: this.download });
      },
    }),
    addEventListener: (type, listener) => {
      listeners[type] = listener;
    },
  };
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  };
  globalThis.requestAnimationFrame = (call) => setTimeout(call, 1);
  return {
    elements,
    saved,
    listeners,
    remove() {
      for (const name of ["document", "localStorage", "requestAnimationFrame"]) delete globalThis[name];
    },
  };
}
