// The tags: in a bare page under a strict policy, and in apps with React and Vue, each built by Vite.

import { cpSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../scripts/packaging.js";
import { runToEnd } from "../../support/processes.js";
import { startSite } from "../../support/site.js";
import { checkTags } from "../../support/tags.js";

/** Nothing inline, nothing of another host, Trusted Types: what the guide says a page may have. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'none'; connect-src 'self'; img-src 'self' blob: data:; media-src blob:; require-trusted-types-for 'script'";

async function check(directory, { endpoint, fill = false, headers = {} }) {
  const site = await startSite(directory, endpoint, headers);
  try {
    await checkTags(`${site.url}/`, { endpoint, fill });
  } finally {
    await site.close();
  }
}

/** An app of a folder, built. */
function built(where, folder, env = {}) {
  return {
    where,
    setting: null,
    statics: `${folder}/public`,
    async run({ directory, endpoint }) {
      const app = join(directory, folder);
      await runToEnd(toolPath("vite/bin/vite.js"), ["build"], { cwd: app, env });
      await check(join(app, "dist"), { endpoint });
    },
  };
}

export default [
  {
    where: "Tags, bare page under a strict policy",
    setting: "It imports the entry by its address, or by an import map.",
    async run({ directory, endpoint }) {
      cpSync(join(directory, "bare", "index.html"), join(directory, "index.html"));
      await check(directory, { endpoint, fill: true, headers: { "content-security-policy": POLICY } });
    },
  },
  built("Tags, Vite {vite} and React 19", "react"),
  built("Tags, Vite and React 18", "react", { REACT: "18" }),
  {
    ...built("Tags, Vite and Vue {vue}", "vue"),
    setting: "`isCustomElement` of Vue's compiler knows the tags (`vite.config.js`).",
  },
].map((cell) => ({ ...cell, tried: "element" }));
