// A page without a bundler: an import map says where the package lies.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { checkSite } from "../../support/page.js";

export default [
  {
    where: "Page with an import map",
    tried: "client, inspect",
    setting: "The map names the entries' files, `index.js` and `inspect.js`.",
    page: ".",
    async run({ directory, endpoint }) {
      cpSync(join(directory, "mapped.html"), join(directory, "index.html"));
      await checkSite(directory, { endpoint });
    },
  },
];
