// Bundles a small app with the built package, as an app's own build would, and loads it on a page of the endpoint.

import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

const root = new URL("../../", import.meta.url);

/** The names that an app imports, and their files on the web and in Node. */
const ENTRIES = {
  "viewcomfy-wasm": { web: "index.js", node: "node.js" },
  "viewcomfy-wasm/element": { web: "element.js", node: "element.js" },
  "viewcomfy-wasm/react": { web: "react.js", node: "react.js" },
  "viewcomfy-wasm/compat": { web: "compat.js", node: "compat-node.js" },
};

/** React 19 is installed by its own name. */
const REACT_18 = { react: "react-18", "react-dom": "react-dom-18" };

/**
 * Bundles an app to one module.
 *
 * @param {string} entry its main file, from the project's root
 * @param {object} [options]
 * @param {"web" | "node"} [options.platform] in Node the package stays external, as usual on servers
 * @param {18 | 19} [options.react] the version of React, if the app uses it
 * @param {(text: string) => string} [options.edit] changes the main file's text before
 * @returns {Promise<string>} the module's text
 */
export async function bundleApp(entry, { platform = "web", react = 19, edit } = {}) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: [entry],
    alias: react === 18 ? REACT_18 : {},
    plugins: [packageOf(platform), ...(edit ? [edited(entry, edit)] : [])],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    platform: platform === "web" ? "browser" : "node",
    // The tests need React's own development checks.
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** The package's names become its built files. */
function packageOf(platform) {
  return {
    name: "package",
    setup(builder) {
      builder.onResolve({ filter: /^viewcomfy-wasm(\/|$)/ }, ({ path }) => {
        const file = new URL(`pkg/${ENTRIES[path][platform]}`, root);
        if (platform === "node") return { path: file.href, external: true };
        return { path: fileURLToPath(file) };
      });
    },
  };
}

function edited(entry, edit) {
  return {
    name: "edited",
    setup(builder) {
      builder.onLoad({ filter: /./ }, async ({ path }) => {
        if (pathToFileURL(path).href !== new URL(entry, root).href) return undefined;
        return { contents: edit(await readFile(path, "utf8")), loader: path.endsWith(".ts") ? "ts" : "jsx" };
      });
    },
  };
}

/**
 * Opens a page of the endpoint's origin on which `import("/pkg/bundled-app.js")` is the app: the wasm is beside
 * it, as an app that is built with esbuild puts it.
 */
export async function openApp(page, endpoint, text) {
  await page.route("**/pkg/bundled-app.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: text }),
  );
  await page.goto(`${endpoint.url}/no-such-page`);
}
