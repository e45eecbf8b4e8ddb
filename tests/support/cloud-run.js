// A cloud API for the length of a test file, routes in front of it for the length of a test, and helpers for the runs of the tests.

import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";

import { startCloud, startCloudRoute } from "./cloud.js";
import { until } from "./comfyui.js";
import { hold, release } from "./requests.js";

export const params = { "3-inputs-seed": 18446744073709551615n };

/** Starts the API for a test file; `cloud` is set once its tests run. */
export function withCloud() {
  /** @type {{ cloud: Awaited<ReturnType<typeof startCloud>> }} */
  const together = { cloud: /** @type {any} */ (undefined) };
  before(async () => {
    together.cloud = await startCloud();
  });
  after(() => together.cloud.close());
  afterEach(async () => {
    await release(together.cloud.url);
    await together.cloud.forget();
  });
  const counts = () => together.cloud.counts();
  return {
    get cloud() {
      return together.cloud;
    },
    counts,

    /** A route for the length of one test, whose jobs have these faults. */
    async through(t, faults, more) {
      const route = await startCloudRoute(together.cloud.options(faults, more));
      t.after(() => route.close());
      return route;
    },

    /** The only job. */
    async onlyJob() {
      const { jobs } = await counts();
      assert.equal(jobs.length, 1);
      return jobs[0];
    },

    /** Follows a held run, and releases it once it has started. */
    async heldRun(client, extra = {}) {
      await hold(together.cloud.url);
      const ends = client
        .inferWithLogs({ params, ...extra })
        .then((result) => ({ result }))
        .catch((error) => ({ error }));
      await until(async () => (await counts()).jobs.length > 0);
      const promptId = (await counts()).jobs[0].prompt_id;
      return { promptId, ends };
    },
  };
}

/** A streamed run: its result, its log and the id that was sent first. */
export async function streamed(client) {
  const seen = { log: [], errors: [], promptId: undefined };
  const result = await client.inferWithLogs({
    params,
    onLog: (line) => seen.log.push(line),
    onError: (message) => seen.errors.push(message),
  });
  return { ...seen, result };
}
