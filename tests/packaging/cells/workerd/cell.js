// workerd, the runtime of Cloudflare Workers.

import { checkWorker } from "../../support/worker.js";

export default [
  {
    where: "workerd {workerd}",
    tried: "client, inspect; bundled as wrangler does",
    setting: null,
    run: checkWorker,
  },
];
