// The page in front of what runs workflows: what `serve` and `npm start` have in common.

import { networkInterfaces } from "node:os";

import { CliFailure } from "./failure.js";
import { factsOf, hostsOf, routesOf, servedBy } from "./serve-backends.js";
import { findServer } from "./serve-comfyui.js";
import { createGuard, isLoopback } from "./serve-guard.js";
import { openPage } from "./serve-page.js";
import { startServer } from "./serve-server.js";
import { quoted } from "./terminal.js";

const CANNOT_LISTEN = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine does not have this address",
  ENOTFOUND: "this machine does not have this address",
  EACCES: "you may not use it",
};
const WORDS = {
  local: "the local stand-in at",
  deployment: "your deployment at",
  cloud: "the cloud API, for",
  comfyui: "ComfyUI at",
};

/**
 * @param {import("./backend.js").Backend[]} backends
 * @param {object} options
 * @param {{ library: URL, page: URL }} options.places the folders of the package and of the page
 * @param {string} options.command the words by which this was started, for the page's advice
 * @param {string} options.host
 * @param {number[]} options.ports the first that is free
 * @param {{ workflow: string | Uint8Array, name: string }} [options.workflow] lies open in the page
 * @param {import("./serve-backends.js").Served[]} [options.more] backends that have their routes
 * @param {(failure: { message: string }) => void} options.onFailure told why a request could not be served
 */
export async function startServing(
  backends,
  { places, command, host, ports, workflow, more = [], onFailure },
) {
  const guard = createGuard({ loopback: isLoopback(host) });
  const options = { workflow: workflow?.workflow, linkHosts: linkHosts(), guard, onFailure };
  const made = await Promise.all(backends.map((backend) => servedBy(backend, options)));
  const routes = routesOf([...more, ...made]);
  const parts = {
    fileAt: await openPage(places, factsOf(routes, { workflowName: workflow?.name, command })),
    routes,
    guard,
    workflow: workflow === undefined ? null : bytesOf(workflow.workflow),
  };
  const { port, closed, close } = await started(parts, host, ports);
  return {
    address: `http://${shown(host)}:${port}/${guard.query}`,
    /** Where the page runs workflows. */
    words: [...routes.values()].map((each) => `${WORDS[each.kind]} ${each.host}`).join(" or on "),
    /** Whether other machines can reach it. */
    isOpen: guard.query !== "",
    /** The host of a ComfyUI that does not answer; null where each does. */
    async unanswered() {
      const comfyui = backends.find((backend) => backend.kind === "comfyui");
      if (comfyui?.kind !== "comfyui" || (await findServer(comfyui.servers))) return null;
      return hostsOf(comfyui);
    },
    closed,
    async close() {
      await close();
      await closed;
    },
  };
}

async function started(parts, host, ports) {
  try {
    return await startServer(parts, { host, ports });
  } catch (error) {
    const reason = CANNOT_LISTEN[/** @type {any} */ (error).code];
    if (reason === undefined) throw error;
    const advice = "Choose another --port or --host, or leave them out.";
    throw new CliFailure("listen", `${quoted(host)}, port ${ports[0]}: ${reason}`, advice);
  }
}

function linkHosts() {
  const hosts = (process.env.VIEWCOMFY_LINK_HOSTS ?? "").split(",").map((host) => host.trim());
  return hosts.filter(Boolean);
}

function bytesOf(workflow) {
  return typeof workflow === "string" ? new TextEncoder().encode(workflow) : workflow;
}

/** An address that others can reach, where all of this machine's are listened on. */
function shown(host) {
  if (host === "0.0.0.0" || host === "::") {
    const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "localhost";
  }
  return host.includes(":") ? `[${host}]` : host;
}
