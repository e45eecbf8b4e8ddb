// The style sheet of what is loaded later: outputs, earlier runs, several runs, masks.

import { el } from "./dom.js";

let loading = null;

/** Resolves when it is there. Without it things work and look plain, so a failure keeps nobody from anything. */
export function laterStyle() {
  loading ??= new Promise((resolve) => {
    const href = new URL("./built/later.css", document.baseURI).href;
    document.head.append(el("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
  return loading;
}
