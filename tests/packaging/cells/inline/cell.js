// The entry with the wasm inside: in a page of one file, in a page without a bundler, and in Node.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { checkTold } from "../../support/checks.js";
import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";
import { environmentOf } from "../../support/site.js";

const ONE_PAGE = { inspects: false, wasm: 0 };

export default [
  {
    where: "Inline, esbuild {esbuild}",
    tried: "inline",
    setting: null,
    statics: "dist",
    async run({ directory, endpoint }) {
      const args = ["main.js", "--bundle", "--format=esm", "--outdir=dist"];
      await runToEnd(process.execPath, [toolPath("esbuild/bin/esbuild"), ...args], { cwd: directory });
      cpSync(join(directory, "index.html"), join(directory, "dist", "index.html"));
      await checkSite(join(directory, "dist"), { endpoint, ...ONE_PAGE });
    },
  },
  {
    where: "Inline, page without a bundler",
    tried: "inline",
    setting: "It imports the entry by its address, or by an import map.",
    async run({ directory, endpoint }) {
      const main = join(directory, "main.js");
      const text = readFileSync(main, "utf8");
      writeFileSync(
        main,
        text.replace('"viewcomfy-wasm/inline"', '"./node_modules/viewcomfy-wasm/inline.js"'),
      );
      await checkSite(directory, { endpoint, ...ONE_PAGE });
    },
  },
  {
    where: "Inline, Node",
    tried: "inline",
    setting: null,
    async run({ directory, endpoint }) {
      const told = await runToEnd(join(directory, "node.js"), [], {
        cwd: directory,
        env: environmentOf(endpoint),
      });
      await checkTold(JSON.parse(told), endpoint);
    },
  },
];
