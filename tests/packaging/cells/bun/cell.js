// Bun: as a runtime, and as a bundler for pages.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { checkTold } from "../../support/checks.js";
import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";
import { bun } from "../../support/programs.js";
import { environmentOf } from "../../support/site.js";

export default [
  {
    where: "Bun {bun}",
    tried: "client, inspect",
    setting: null,
    async run({ directory, endpoint }) {
      const told = await runToEnd(bun(), ["main.js"], { cwd: directory, env: environmentOf(endpoint) });
      await checkTold(JSON.parse(told), endpoint);
    },
  },
  {
    where: "Bun {bun}, `bun build`",
    tried: "client, inspect",
    setting: "It takes no files along: copy the wasm files next to its output.",
    page: ".",
    statics: "dist",
    async run({ directory, endpoint }) {
      const dist = join(directory, "dist");
      const args = ["build", "main.js", "--outdir", "dist", "--target", "browser", "--splitting"];
      await runToEnd(bun(), args, { cwd: directory });
      cpSync(join(directory, "index.html"), join(dist, "index.html"));
      for (const name of ["viewcomfy_wasm_bg.wasm", "viewcomfy_inspect_bg.wasm", "viewcomfy_convert_bg.wasm"])
        cpSync(join(directory, "node_modules", "viewcomfy-wasm", name), join(dist, name));
      await checkSite(dist, { endpoint });
    },
  },
];
