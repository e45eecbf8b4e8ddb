// The style sheet of what is loaded later: outputs, earlier runs, several runs, masks, the preview of the tags.
// The build puts it beside the scripts.

import { el } from "./dom.js";

let loading = null;

/** Resolves when it is there. Without it things work and look plain, so a failure keeps nobody from anything. */
export function laterStyle() {
  loading ??= new Promise((resolve) => {
    const href = new URL("./later.css", import.meta.url).href;
    document.head.append(el("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
  return loading;
}
