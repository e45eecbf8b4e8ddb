// `serve`: the demo page with a route to a deployment, to the cloud API or to ComfyUI.

import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { basename } from "node:path";

import { BACKEND, BACKEND_HELP, backendOf, routeTo } from "./backend.js";
import { CliFailure, EXIT } from "./failure.js";
import { usage, wholeNumber } from "./options.js";
import { findServer } from "./serve-comfyui.js";
import { createGuard, isLoopback } from "./serve-guard.js";
import { readPage } from "./serve-page.js";
import { DEFINITIONS, ROUTE, startServer, WORKFLOW } from "./serve-server.js";
import { oneLine, painter, quoted, writeError, writeOut } from "./terminal.js";
import { readWorkflow } from "./workflow.js";

const NAME = "serve";
const PORT = 8787;
const HOST = "127.0.0.1";
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
const CANNOT_LISTEN = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine does not have this address",
  ENOTFOUND: "this machine does not have this address",
  EACCES: "you may not use it",
};
const WORDS = { deployment: "your deployment at", cloud: "the cloud API, for", comfyui: "ComfyUI at" };

/** @type {import("./commands.js").Command} */
export const serve = {
  name: NAME,
  summary: "serve the demo page in front of a ComfyUI server, a deployment or the cloud API",
  positionals: [],
  options: {
    ...BACKEND,
    port: { type: "string" },
    host: { type: "string" },
    workflow: { type: "string" },
  },
  help: `Serves the demo page, with a route between the page and the server that runs its workflows. Open the address that it
prints. The page gets no credentials; they stay in this process.

Usage: viewcomfy-wasm serve [--comfyui URL | --cloud | --endpoint URL] [--port N] [--workflow FILE]

Where runs go; credentials come only from the environment, never from arguments:
${BACKEND_HELP}
      VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET   of a deployment; or VIEWCOMFY_TOKEN
      VIEWCOMFY_LINK_HOSTS   hosts from which result links may be fetched, separated by commas

What is served:
      --workflow FILE      open this file in the page; with --comfyui, also run it when a caller sends no workflow
      --port N             default ${PORT}, or any free port if that is taken; 0 for any free port
      --host HOST          the address of this machine to listen on, 0.0.0.0 for all. By default, only this machine can open
                           the page. With --host, everyone needs the token in the printed address; programs send it as
                           "Authorization: Bearer …". The connection is not encrypted.

Ctrl+C ends the server, and the runs that it started.

Examples:
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188 --workflow workflow_api.json --port 9000
  viewcomfy-wasm serve --endpoint https://your-deployment.example
`,
  async run(options) {
    const backend = backendOf(options, NAME);
    const host = hostOf(options);
    const ports = portsOf(options);
    const guard = createGuard({ loopback: isLoopback(host) });
    const workflow = options.workflow === undefined ? undefined : await readWorkflow(options.workflow);
    const route = await routeTo(backend, {
      workflow: workflow?.workflow,
      linkHosts: linkHosts(),
      authorize: ({ headers }) => guard.admits(headers),
      onFailure: ({ message }) => void writeError(`not passed on: ${oneLine(message)}\n`),
    });
    const files = await readPage(factsOf(backend, options.workflow));
    const parts = {
      files,
      route,
      guard,
      definitions: backend.kind === "comfyui",
      workflow: workflow === undefined ? null : bytesOf(workflow.workflow),
    };
    const server = await started(parts, host, ports);
    const ended = untilEnded(server);
    await tell(backend, `http://${shown(host)}:${server.port}/${guard.query}`, guard);
    return ended;
  },
};

/** @param {Record<string, any>} options */
function hostOf({ host }) {
  if (host === undefined) return HOST;
  if (/^[\w.:-]{1,255}$/.test(host)) return host;
  throw usage(`--host takes an address of this machine, such as 0.0.0.0, not ${quoted(host)}`, NAME);
}

/**
 * The wanted port or none at all; without a wish the usual one, or any free one when it is taken.
 *
 * @param {Record<string, any>} options
 */
function portsOf({ port }) {
  return port === undefined ? [PORT, 0] : [wholeNumber(port, "port", 0, 65_535, NAME)];
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

/** What the page is told; no credentials among it. @returns {{ route: string, [name: string]: string }} */
function factsOf(backend, workflow) {
  const facts = {
    route: ROUTE,
    kind: backend.kind,
    host: hostsOf(backend),
    "link-hosts": linkHosts().join(" "),
  };
  return {
    ...facts,
    ...(backend.kind === "comfyui" ? { definitions: DEFINITIONS } : {}),
    ...(workflow === undefined ? {} : { workflow: WORKFLOW, "workflow-name": basename(workflow) }),
  };
}

function hostsOf(backend) {
  const addresses = backend.kind === "comfyui" ? backend.servers : [backend.endpoint];
  return addresses.map((address) => new URL(address).host).join(", ");
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

/** The address to stdout, for a program that starts this one; the rest is for people. */
async function tell(backend, address, guard) {
  const warn = (text) => writeError(`${painter(process.stderr)("yellow", "warning")}: ${text}\n`);
  await writeError(
    `The page runs workflows on ${WORDS[backend.kind]} ${hostsOf(backend)}; Ctrl+C ends it.\n`,
  );
  if (guard.query !== "")
    await warn(
      "other machines can reach this page, and what they send is not encrypted; keep its address to yourself",
    );
  await writeOut(`open ${address}\n`);
  if (backend.kind !== "comfyui" || (await findServer(backend.servers))) return;
  await warn(`ComfyUI does not answer at ${hostsOf(backend)}; start it, then reload the page`);
}

/** A second signal ends the process at once; the first one lets the runs be cancelled. */
async function untilEnded(server) {
  const ends = Object.entries(SIGNALS).map(([name, number]) => once(process, name).then(() => number));
  const number = await Promise.race(ends);
  for (const [name, each] of Object.entries(SIGNALS)) process.once(name, () => process.exit(128 + each));
  server.close();
  await server.closed;
  return number === SIGNALS.SIGINT ? EXIT.done : 128 + number;
}
