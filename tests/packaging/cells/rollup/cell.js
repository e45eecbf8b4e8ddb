// Rollup.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";

export default [
  {
    where: "Rollup {rollup}",
    tried: "client, inspect",
    setting:
      "The plugins `@rollup/plugin-node-resolve` and `@web/rollup-plugin-import-meta-assets` (`rollup.config.js`).",
    page: ".",
    statics: "dist",
    async run({ directory, endpoint }) {
      const rollup = toolPath("rollup/dist/bin/rollup");
      await runToEnd(process.execPath, [rollup, "--config"], { cwd: directory });
      cpSync(join(directory, "index.html"), join(directory, "dist", "index.html"));
      await checkSite(join(directory, "dist"), { endpoint });
    },
  },
];
