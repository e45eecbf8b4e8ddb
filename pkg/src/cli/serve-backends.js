// What `serve` puts behind the page: each backend with its route, and what the page may know of it.

import { routeTo } from "./backend.js";
import { noteRuns } from "./serve-runs.js";
import { DEFINITIONS, ROUTE, WORKFLOW } from "./serve-server.js";

/** A page that is loaded again finds its run. */
const LEAVE_MS = 60_000;

/**
 * @typedef {object} Served
 * @property {"deployment" | "cloud" | "comfyui" | "local"} kind
 * @property {string} host what the page may know of its address
 * @property {string[]} linkHosts hosts whose files its route fetches for the page
 * @property {(request: Request) => Promise<Response>} route
 * @property {() => Promise<void>} [cancel] ends the runs that were begun through it
 */

/**
 * @param {import("./backend.js").Backend} backend
 * @param {{ workflow?: string | Uint8Array, linkHosts: string[], guard: ReturnType<typeof import("./serve-guard.js").createGuard>,
 *   onFailure: (failure: { message: string }) => void }} options
 * @returns {Promise<Served>}
 */
export async function servedBy(backend, { guard, linkHosts, ...options }) {
  const { kind } = backend;
  const own =
    kind === "comfyui" ? { leaveMs: LEAVE_MS, outputs: /** @type {const} */ ("link") } : { linkHosts };
  const authorize = ({ headers }) => guard.admits(headers);
  const route = await routeTo(backend, { ...options, ...own, authorize });
  // The route for the cloud API hands out links of its own.
  const told = { kind, host: hostsOf(backend), linkHosts: kind === "deployment" ? linkHosts : [] };
  return kind === "comfyui" ? { ...told, ...noteRuns(route, guard.headers) } : { ...told, route };
}

/** @param {import("./backend.js").Backend} backend */
export function hostsOf(backend) {
  const addresses = backend.kind === "comfyui" ? backend.servers : [backend.endpoint];
  return addresses.map((address) => new URL(address).host).join(", ");
}

/** The path of each route: the usual one, unless there are several. @param {Served[]} backends */
export function routesOf(backends) {
  const path = ({ kind }) => (backends.length === 1 ? ROUTE : `${ROUTE}/${kind}`);
  return new Map(backends.map((backend) => [path(backend), backend]));
}

/**
 * What the page is told of each route; no credentials among it.
 *
 * @param {Map<string, Served>} routes
 * @param {{ workflowName?: string, command: string }} more the command by which the server is started again
 * @returns {import("./serve-page.js").Facts[]}
 */
export function factsOf(routes, { workflowName, command }) {
  /** @type {Record<string, string>} */
  const workflow = workflowName === undefined ? {} : { workflow: WORKFLOW, "workflow-name": workflowName };
  return [...routes].map(([route, { kind, host, linkHosts }]) => ({
    ...{ route, host, kind, "link-hosts": linkHosts.join(" "), command },
    ...(kind === "comfyui" ? { definitions: DEFINITIONS } : {}),
    ...workflow,
  }));
}
