// workerd, the runtime of Cloudflare Workers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { checkTold } from "../../support/checks.js";
import { environmentOf } from "../../support/site.js";
import { startWorker } from "../../support/worker.js";

export default [
  {
    where: "workerd {workerd}",
    tried: "client, inspect; bundled as wrangler does",
    setting: null,
    async run({ directory, endpoint }) {
      const worker = await startWorker(directory, "worker.js", environmentOf(endpoint));
      try {
        const body = readFileSync(join(directory, "workflow_api.json"));
        const response = await fetch(worker.url, { method: "POST", body });
        const text = await response.text();
        assert.equal(response.status, 200, text);
        await checkTold(JSON.parse(text), endpoint);
      } finally {
        await worker.close();
      }
    },
  },
];
