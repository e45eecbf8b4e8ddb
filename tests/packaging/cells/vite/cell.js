// Vite: the page as it is built, and as its development server gives it.

import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { checkPage, checkSite } from "../../support/page.js";
import { runToEnd, startServer } from "../../support/processes.js";
import { environmentOf } from "../../support/site.js";

const vite = () => toolPath("vite/bin/vite.js");
const app = { tried: "client, inspect", setting: null, page: ".", statics: "public" };

export default [
  {
    ...app,
    where: "Vite {vite}, build",
    async run({ directory, endpoint }) {
      await runToEnd(vite(), ["build"], { cwd: directory });
      await checkSite(join(directory, "dist"), { endpoint });
    },
  },
  {
    ...app,
    where: "Vite {vite}, development server",
    async run({ directory, endpoint }) {
      const options = { cwd: directory, env: environmentOf(endpoint) };
      const server = await startServer(vite(), ["--host", "127.0.0.1", "--port", "0"], options);
      try {
        await checkPage(`${server.url}/`, { endpoint });
      } finally {
        await server.close();
      }
    },
  },
];
