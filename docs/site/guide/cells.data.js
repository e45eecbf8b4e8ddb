// The bundlers and runtimes that the package is tested in, read from the tests themselves: tests/packaging/cells.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

export default {
  async load() {
    const cells = pathToFileURL(join(process.cwd(), "../../tests/packaging/support/cells.js")).href;
    const { findCells } = await import(/* @vite-ignore */ cells);
    // The proxy loads no wasm, and compat loads the client's: their guides have them.
    const loading = (await findCells()).filter(({ tried }) => tried !== "proxy" && tried !== "compat");
    return loading.map(({ where, setting }) => ({
      where: inHtml(where),
      setting: inHtml(setting ?? "nothing"),
    }));
  },
};

/** The little Markdown that a setting has. */
function inHtml(text) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return escaped.replace(/`([^`]+)`/g, "<code>$1</code>");
}
