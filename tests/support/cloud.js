// A cloud route on a Node server, in front of the local endpoint's cloud API.

import { createCloudRoute } from "../../pkg/cloud.js";
import init, { ViewComfyClient } from "../../pkg/node.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { CREDENTIALS } from "./proxy.js";
import { serve } from "./serve.js";
import { startSmallEndpoint } from "./small-endpoint.js";

/** Short intervals, for tests that wait for look-ups. */
export const QUICK = { pollMs: 20, patienceMs: 20_000, callTimeoutMs: 2_000 };

/** An endpoint with controls of its cloud API. */
export async function startCloud(options) {
  const endpoint = await startSmallEndpoint({ speed: 200, ...options });
  const control = `${endpoint.url}/cloud-control`;
  return {
    ...endpoint,
    /** The options of a route in front of it; `faults` are those of the jobs that it schedules. */
    options: (faults = {}, more = {}) => ({
      ...CREDENTIALS,
      ...QUICK,
      apiUrl: `${endpoint.url}/infer?${new URLSearchParams({ cloud: "1", ...faults })}`,
      baseUrl: `${endpoint.url}/cloud`,
      linkHosts: [new URL(endpoint.url).host],
      ...more,
    }),
    /** @param {object} faults for all jobs without faults of their own, and for sockets */
    set: (faults) =>
      fetch(control, {
        method: "PUT",
        body: JSON.stringify(faults),
        headers: { "content-type": "application/json" },
      }),
    forget: () => fetch(control, { method: "DELETE" }),
    cutSockets: () => fetch(`${control}/sockets`, { method: "DELETE" }),
    counts: async () => (await fetch(control)).json(),
  };
}

/**
 * A route over HTTP, and a client of it; `failures` collects those that it reports.
 *
 * @param {object} options those of `createCloudRoute`
 */
export async function startCloudRoute(options) {
  await init();
  const failures = [];
  const route = createCloudRoute({ onFailure: (failure) => failures.push(failure), ...options });
  const server = await serve(toNodeListener(route));
  const endpoint = `${server.url}/api/viewcomfy`;
  return { ...server, endpoint, route, failures, client: new ViewComfyClient({ endpoint }) };
}
