// Vite: the page as it is built, and as its development server gives it.

import { join } from "node:path";
import { toolPath } from "../../../../scripts/packaging.js";
import { checkPage } from "../../support/page.js";
import { runToEnd, startServer } from "../../support/processes.js";
import { environmentOf, startSite } from "../../support/site.js";

const vite = () => toolPath("vite/bin/vite.js");

export default [
  {
    where: "Vite {vite}, build",
    tried: "client, inspect",
    setting: null,
    page: ".",
    statics: "public",
    async run({ directory, endpoint }) {
      await runToEnd(vite(), ["build"], { cwd: directory });
      const site = await startSite(join(directory, "dist"), endpoint);
      try {
        await checkPage(`${site.url}/`, { endpoint });
      } finally {
        await site.close();
      }
    },
  },
  {
    where: "Vite {vite}, development server",
    tried: "client, inspect",
    setting: null,
    page: ".",
    statics: "public",
    async run({ directory, endpoint }) {
      const env = environmentOf(endpoint);
      const server = await startServer(vite(), ["--host", "127.0.0.1", "--port", "0"], {
        cwd: directory,
        env,
      });
      try {
        await checkPage(`${server.url}/`, { endpoint });
      } finally {
        await server.close();
      }
    },
  },
];
