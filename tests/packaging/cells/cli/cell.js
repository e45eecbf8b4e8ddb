// The command line, as it is called where the package is installed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { runToEnd } from "../../support/processes.js";

const FLAT = new URL("../../../fixtures/workflows/expected/small_picture.flat.json", import.meta.url);

export default [
  {
    where: "Command line, `npx`",
    tried: "command line",
    setting: null,
    async run({ directory }) {
      const npx = process.platform === "win32" ? "npx.cmd" : "npx";
      const told = await runToEnd(npx, ["--no", "viewcomfy-wasm", "params", "workflow_api.json"], {
        cwd: directory,
      });
      assert.equal(told, readFileSync(FLAT, "utf8").trimEnd());
    },
  },
];
