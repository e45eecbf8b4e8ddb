// esbuild.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { checkSite } from "../../support/page.js";
import { runToEnd } from "../../support/processes.js";

export default [
  {
    where: "esbuild {esbuild}",
    tried: "client, inspect",
    setting: "It takes no files along: the build copies the wasm files next to its output (`build.js`).",
    page: ".",
    statics: "dist",
    async run({ directory, endpoint }) {
      await runToEnd(join(directory, "build.js"), [], { cwd: directory });
      cpSync(join(directory, "index.html"), join(directory, "dist", "index.html"));
      await checkSite(join(directory, "dist"), { endpoint });
    },
  },
];
