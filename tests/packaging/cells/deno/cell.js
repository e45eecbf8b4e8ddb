// Deno.

import { checkTold } from "../../support/checks.js";
import { runToEnd } from "../../support/processes.js";
import { deno } from "../../support/programs.js";
import { environmentOf } from "../../support/site.js";

const PERMISSIONS = ["--allow-read", "--allow-write=.", "--allow-net", "--allow-env"];

export default [
  {
    where: "Deno {deno}",
    tried: "client, inspect",
    setting: "`--allow-read`, to read the wasm, and `--allow-net`",
    async run({ directory, endpoint }) {
      const options = { cwd: directory, env: environmentOf(endpoint) };
      const told = await runToEnd(deno(), ["run", ...PERMISSIONS, "main.js"], options);
      await checkTold(JSON.parse(told), endpoint);
    },
  },
];
