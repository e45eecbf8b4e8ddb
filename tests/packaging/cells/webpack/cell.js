// webpack 5.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";

export default [
  {
    where: "webpack {webpack}",
    tried: "client, inspect",
    setting: null,
    page: ".",
    statics: "dist",
    async run({ directory, endpoint }) {
      await runToEnd(toolPath("webpack-cli/bin/cli.js"), [], { cwd: directory });
      cpSync(join(directory, "index.html"), join(directory, "dist", "index.html"));
      await checkSite(join(directory, "dist"), { endpoint });
    },
  },
];
