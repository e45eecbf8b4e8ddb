// Bundles the page's scripts and styles into www/built/, so that a browser requests a handful of files instead of seventy,
// and copies the page into the package for `viewcomfy-wasm serve`. `npm run build` runs it; `node scripts/page.js` runs it
// alone. Node built-ins only before the packages are installed.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { isMain, main, root, say } from "./run.js";
import { ensurePackages } from "./setup.js";
import { filesUnder, forget, hashOf, isUpToDate, remember } from "./stamp.js";

const BUILT = join("www", "built");
/** The files that index.html loads, split so that code for later is in separate files. */
const ENTRIES = ["main.js", "css/page.css", "css/later.css"];
/** The entries that must be one file each: those that the first paint waits for, and the worker, beside the script that starts it. */
const ALONE = ["theme-early.js", "graph/layout-worker.js"];
/** The code that the page shares with the package's tags. */
const SHARED_VIEWS = join("pkg", "src", "view");
/** The folder of the page in the package. */
const PACKED = join("pkg", "page");
/** The page's files besides its bundle. */
const BESIDE = ["index.html", "icon.svg", "examples"];
const MADE = [
  ...[...ENTRIES, ...ALONE].map((entry) => join(BUILT, basename(entry))),
  ...BESIDE.map((name) => join(PACKED, name)),
];

/** Makes www/built/ and pkg/page/, unless they are up to date. The package itself stays outside: the import map says where it is. */
export async function buildPage() {
  await ensurePackages();
  const sources = filesUnder("www", SHARED_VIEWS).filter((file) => !file.startsWith("www/built/"));
  const hash = hashOf([...sources, "package-lock.json", "scripts/page.js"]);
  if (isUpToDate("page", hash, MADE)) return;
  forget("page");
  rmSync(join(root, BUILT), { recursive: true, force: true });
  const esbuild = await import("esbuild");
  const shared = {
    absWorkingDir: root,
    outdir: BUILT,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    format: /** @type {const} */ ("esm"),
    // Browsers older than these do not support import maps or the style sheets' features either.
    target: ["chrome123", "firefox120", "safari17.5"],
    minify: true,
    sourcemap: true,
    legalComments: /** @type {const} */ ("none"),
  };
  const paths = (entries) => entries.map((entry) => join("www", entry));
  const external = ["viewcomfy-wasm", "viewcomfy-wasm/*"];
  await esbuild.build({ ...shared, entryPoints: paths(ENTRIES), external, splitting: true });
  const notice = ["dagre", "graphlib"].map(licenceOf).join("\n");
  for (const entry of ALONE) {
    const footer = { js: entry.endsWith("worker.js") ? notice : "" };
    await esbuild.build({ ...shared, entryPoints: paths([entry]), footer });
  }
  packPage();
  remember("page", hash);
  say(`build: ${BUILT} is built.`);
}

function licenceOf(name) {
  const text = readFileSync(join(root, "node_modules", "@dagrejs", name, "LICENSE"), "utf8").trim();
  return `/* With @dagrejs/${name}:\n\n${text}\n*/`;
}

/** The page without its source maps, which are as large as everything else together. */
function packPage() {
  const [from, to] = [join(root, BUILT), join(root, PACKED, "built")];
  rmSync(join(root, PACKED), { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of BESIDE) cpSync(join(root, "www", name), join(root, PACKED, name), { recursive: true });
  for (const name of readdirSync(from).filter((each) => !each.endsWith(".map"))) {
    const text = readFileSync(join(from, name), "utf8");
    writeFileSync(join(to, name), text.replace(/(?:\/\/|\/\*)# sourceMappingURL=\S+(?: \*\/)?\n?/, ""));
  }
}

if (isMain(import.meta.url)) await main(buildPage);
