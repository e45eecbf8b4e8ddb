// The routes to the cloud API and to ComfyUI where nothing is installed but the package: neither socket.io-client nor ws.

import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { aloneIn } from "../../support/alone.js";
import { runToEnd, startServer } from "../../support/processes.js";
import { bun, deno } from "../../support/programs.js";
import { checkRoutes, routesEnvironment } from "../../support/through-routes.js";
import { startWorker } from "../../support/worker.js";

const PERMISSIONS = ["--allow-read", "--allow-net", "--allow-env"];
const AS_ONE_FILE = ["--bundle", "--format=esm", "--platform=node", "--outfile=bundled/app.mjs"];

/** In a folder from which no other packages are found. */
function served(program, args, { hasSocket = true, prepare = async (_directory) => "." } = {}) {
  return async ({ directory, endpoint }) => {
    await aloneIn(join(directory, await prepare(directory)), async (cwd) => {
      const env = { ...routesEnvironment(endpoint), PORT: "0" };
      const server = await startServer(program(), args, { cwd, env });
      try {
        await checkRoutes(server.url, { hasSocket });
      } finally {
        await server.close();
      }
    });
  };
}

/** One file and the wasm beside it, without node_modules. */
async function bundle(directory) {
  await runToEnd(process.execPath, [toolPath("esbuild/bin/esbuild"), "node.js", ...AS_ONE_FILE], {
    cwd: directory,
  });
  const installed = join(directory, "node_modules", "viewcomfy-wasm");
  for (const name of readdirSync(installed).filter((each) => each.endsWith(".wasm")))
    cpSync(join(installed, name), join(directory, "bundled", name));
  return "bundled";
}

const node = () => process.execPath;
/** Node has a WebSocket of its own since version 22. */
const hasSocket = "WebSocket" in globalThis;

export default [
  { where: "Routes, Node", setting: null, run: served(node, ["node.js"], { hasSocket }) },
  {
    where: "Routes, Node, bundled by esbuild {esbuild}",
    setting: "It takes no files along: copy the wasm files next to its output.",
    run: served(node, ["app.mjs"], { hasSocket, prepare: bundle }),
  },
  {
    where: "Routes, Bun {bun}",
    setting: "`idleTimeout: 0`, as Bun ends connections that are silent for 10 seconds",
    run: served(bun, ["bun.js"]),
  },
  {
    where: "Routes, Deno {deno}",
    setting: "`--allow-read`, to read the wasm, `--allow-net` and `--allow-env`",
    run: served(deno, ["run", ...PERMISSIONS, "deno.js"]),
  },
  {
    where: "Routes, workerd {workerd}",
    setting: null,
    async run({ directory, endpoint }) {
      const worker = await startWorker(directory, "worker.js", routesEnvironment(endpoint));
      try {
        await checkRoutes(worker.url, { hasSocket: true });
      } finally {
        await worker.close();
      }
    },
  },
].map((cell) => ({ ...cell, tried: "cloud, comfyui; without `socket.io-client` and `ws`" }));
