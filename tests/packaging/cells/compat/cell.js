// The calls of ViewComfy's TypeScript client on servers, whose entries differ from the page's.

import { checkTold } from "../../support/checks.js";
import { runToEnd } from "../../support/processes.js";
import { bun, deno } from "../../support/programs.js";
import { environmentOf } from "../../support/site.js";
import { checkWorker } from "../../support/worker.js";

const PERMISSIONS = ["--allow-read", "--allow-net", "--allow-env"];

function told(program, args) {
  return async ({ directory, endpoint }) => {
    const text = await runToEnd(program(), args, { cwd: directory, env: environmentOf(endpoint) });
    await checkTold(JSON.parse(text), endpoint);
  };
}

export default [
  { where: "Compat, Node", setting: null, run: told(() => process.execPath, ["main.js"]) },
  { where: "Compat, Bun {bun}", setting: null, run: told(bun, ["main.js"]) },
  {
    where: "Compat, Deno {deno}",
    setting: "`--allow-read`, to read the wasm, `--allow-net` and `--allow-env`",
    run: told(deno, ["run", ...PERMISSIONS, "main.js"]),
  },
  { where: "Compat, workerd {workerd}", setting: null, run: checkWorker },
].map((cell) => ({ ...cell, tried: "compat" }));
