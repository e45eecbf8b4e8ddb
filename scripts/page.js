// Copies what the page uses of node_modules to www/vendor/, minified. `npm run build` does it; `node scripts/page.js`
// does it alone. Node built-ins only before the packages are there.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { isMain, main, root, say } from "./run.js";
import { ensurePackages } from "./setup.js";
import { forget, hashOf, isUpToDate, remember } from "./stamp.js";

const DAGRE = join("node_modules", "@dagrejs", "dagre");
const VENDORED = join("www", "vendor", "dagre.js");

/** Makes www/vendor/dagre.js, the graph's layout, unless it is up to date. */
export async function buildPage() {
  await ensurePackages();
  const hash = hashOf(["package-lock.json", "scripts/page.js"]);
  if (isUpToDate("page", hash, [VENDORED])) return;
  forget("page");
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: 'export { Graph, layout } from "@dagrejs/dagre";', resolveDir: root },
    write: false,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
  });
  const license = readFileSync(join(root, DAGRE, "LICENSE"), "utf8").trim();
  mkdirSync(join(root, "www", "vendor"), { recursive: true });
  writeFileSync(
    join(root, VENDORED),
    `// @ts-nocheck\n/* @dagrejs/dagre\n\n${license}\n*/\n${outputFiles[0].text}`,
  );
  remember("page", hash);
  say(`build: ${VENDORED} is made.`);
}

if (isMain(import.meta.url)) await main(buildPage);
