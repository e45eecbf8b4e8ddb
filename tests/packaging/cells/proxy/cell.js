// The proxy in the servers that it is made for; in Next.js it is tried with the page there.

import { startServer } from "../../support/processes.js";
import { bun, deno } from "../../support/programs.js";
import { environmentOf } from "../../support/site.js";
import { checkProxy } from "../../support/through-proxy.js";
import { startWorker } from "../../support/worker.js";

function served(program, args) {
  return async ({ directory, endpoint }) => {
    const env = { ...environmentOf(endpoint), PORT: "0" };
    const server = await startServer(program(), args, { cwd: directory, env });
    try {
      await checkProxy(server.url, endpoint);
    } finally {
      await server.close();
    }
  };
}

export default [
  { where: "Proxy, Node", setting: null, run: served(() => process.execPath, ["node.js"]) },
  {
    where: "Proxy, Bun {bun}",
    setting: "`idleTimeout: 0`, as Bun ends connections that are silent for 10 seconds",
    run: served(bun, ["bun.js"]),
  },
  {
    where: "Proxy, Deno {deno}",
    setting: "`--allow-net` and `--allow-env`",
    run: served(deno, ["run", "--allow-net", "--allow-env", "deno.js"]),
  },
  {
    where: "Proxy, workerd {workerd}",
    setting: null,
    async run({ directory, endpoint }) {
      const worker = await startWorker(directory, "worker.js", environmentOf(endpoint));
      try {
        await checkProxy(worker.url, endpoint);
      } finally {
        await worker.close();
      }
    },
  },
].map((cell) => ({ ...cell, tried: "proxy" }));
