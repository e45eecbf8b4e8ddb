// A page without a bundler: an import map says where the package lies.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { checkPage } from "../../support/page.js";
import { startSite } from "../../support/site.js";

export default [
  {
    where: "Page with an import map",
    tried: "client, inspect",
    setting: "an import map that names the files `index.js` and `inspect.js`",
    page: ".",
    async run({ directory, endpoint }) {
      cpSync(join(directory, "mapped.html"), join(directory, "index.html"));
      const site = await startSite(directory, endpoint);
      try {
        await checkPage(`${site.url}/`, { endpoint });
      } finally {
        await site.close();
      }
    },
  },
];
