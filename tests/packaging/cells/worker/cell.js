// Everything in a module worker: without a bundler, and built by Vite and by webpack.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";

const TRIED = "client";

export default [
  {
    where: "Module worker",
    tried: TRIED,
    setting: "Import maps do not reach workers: it imports the entry by its address.",
    async run({ directory, endpoint }) {
      const worker = join(directory, "worker.js");
      const text = readFileSync(worker, "utf8").replace(
        '"viewcomfy-wasm"',
        '"./node_modules/viewcomfy-wasm/index.js"',
      );
      writeFileSync(worker, text);
      await checkSite(directory, { endpoint, inspects: false });
    },
  },
  {
    where: "Module worker, Vite {vite}",
    tried: TRIED,
    setting: '`worker: { format: "es" }` (`vite.config.js`)',
    statics: "public",
    async run({ directory, endpoint }) {
      await runToEnd(toolPath("vite/bin/vite.js"), ["build"], { cwd: directory });
      await checkSite(join(directory, "dist"), { endpoint, inspects: false });
    },
  },
  {
    where: "Module worker, webpack {webpack}",
    tried: TRIED,
    setting: null,
    statics: "dist",
    async run({ directory, endpoint }) {
      const args = ["--mode", "production", "--entry", "./main.js"];
      await runToEnd(toolPath("webpack-cli/bin/cli.js"), args, { cwd: directory });
      cpSync(join(directory, "index.html"), join(directory, "dist", "index.html"));
      await checkSite(join(directory, "dist"), { endpoint, inspects: false });
    },
  },
];
