// The demo page in front of a real deployment or a ComfyUI server: serves www/ and pkg/, and the package's own route, which adds
// the credentials. To be loaded after the build, which installs sirv and makes pkg/proxy.js.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import sirv from "sirv";

import * as cloud from "../pkg/cloud.js";
import { createProxy, fromEnv } from "../pkg/proxy.js";
import { toNodeListener } from "../pkg/proxy-node.js";
import { Failure, root } from "./run.js";

const ROUTE = "/api/viewcomfy";
const LOOPBACK = "127.0.0.1";
/** Under any other name it may be a page of somebody else's whose name was pointed at this machine. */
const OUR_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
/** A page that is loaded again finds its run. */
const LEAVE_MS = 60_000;
/** Another site's page must not lay the demo under its own buttons. */
const NOT_IN_FRAMES = { "content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY" };
/** As the local endpoint serves them: files may change at any time, so a browser asks each time. */
const FILES = { dev: true, etag: true, extensions: [] };
const NOT_FOUND = "There is no such file here. If the page or the package is missing: npm run build\n";

/**
 * @typedef {object} Backend
 * @property {"deployment" | "cloud" | "comfyui"} kind
 * @property {string} host what the page may know of its address
 * @property {string[]} linkHosts
 * @property {string} [definitions] where the page finds what the ComfyUI server knows of its classes
 * @property {(request: Request) => Promise<Response>} route
 */

/**
 * Serves on this machine only.
 *
 * @param {Backend} backend
 * @param {number} port 0 takes a free one
 */
export async function serveBackend(backend, port) {
  const route = toNodeListener(backend.route);
  const files = { pkg: sirv(join(root, "pkg"), FILES), www: sirv(join(root, "www"), FILES) };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(NOT_IN_FRAMES)) response.setHeader(name, value);
    const [path] = (request.url ?? "/").split("?");
    if (!OUR_NAMES.test(request.headers.host ?? "")) return answer(response, 421, "Ask for localhost\n");
    if (path === ROUTE) return route(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return answer(response, 405, "Files can only be read\n");
    }
    if (path === "/" || path === "/index.html") return answer(response, 200, pageFor(backend), "text/html");
    serveFile(request, response, files);
  });
  server.listen(port, LOOPBACK);
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    closed: once(server, "close"),
    /** Ends the runs too, because their callers are gone. */
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * A deployment behind the proxy.
 *
 * @param {NonNullable<ReturnType<typeof import("./deployment-settings.js").readDeployment>>} deployment
 * @param {(message: string) => void} onFailure told why a request could not be passed on
 * @returns {Backend}
 */
export function deploymentBackend({ variables, host, linkHosts }, onFailure) {
  const report = ({ message }) => onFailure(message);
  const route = made(() => createProxy({ ...fromEnv(variables), linkHosts, onFailure: report }));
  return { kind: "deployment", host, linkHosts, route };
}

/**
 * The same deployment behind the route for the cloud API, through which its links come as well.
 *
 * @param {NonNullable<ReturnType<typeof import("./deployment-settings.js").readDeployment>>} deployment
 * @param {(message: string) => void} onFailure
 * @returns {Backend}
 */
export function cloudBackend({ variables, host, linkHosts }, onFailure) {
  const report = ({ message }) => onFailure(message);
  const options = { ...cloud.fromEnv(variables), linkHosts, onFailure: report };
  return { kind: "cloud", host, linkHosts: [], route: made(() => cloud.createCloudRoute(options)) };
}

/**
 * A ComfyUI server behind its route.
 *
 * @param {string} address
 * @param {(message: string) => void} onFailure
 * @returns {Promise<Backend>}
 */
export async function comfyBackend(address, onFailure) {
  const { createComfyRoute } = await comfyEntry();
  const report = ({ message }) => onFailure(message);
  const options = { servers: [address], outputs: /** @type {const} */ ("link"), leaveMs: LEAVE_MS };
  const route = made(() => createComfyRoute({ ...options, onFailure: report }));
  const { host } = new URL(address);
  return { kind: "comfyui", host, linkHosts: [], definitions: `${ROUTE}?object_info`, route };
}

/** Node's own entry, whose declarations are those of the entry for all. @returns {Promise<typeof import("viewcomfy-wasm/comfyui")>} */
function comfyEntry() {
  return import(pathToFileURL(join(root, "pkg", "comfyui-node.js")).href);
}

/** @template T @param {() => T} make */
function made(make) {
  try {
    return make();
  } catch (error) {
    throw new Failure(`The route cannot be set up: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function serveFile(request, response, { pkg, www }) {
  const missing = () => answer(response, 404, NOT_FOUND);
  if (!request.url.startsWith("/pkg/")) return www(request, response, missing);
  request.url = request.url.slice("/pkg".length);
  pkg(request, response, missing);
}

/** The page, told where its runs go: it finds out without a request of its own. @param {Backend} backend */
function pageFor({ kind, host, linkHosts, definitions }) {
  const html = readFileSync(join(root, "www", "index.html"), "utf8");
  const facts = `content="${ROUTE}" data-host="${escaped(host)}" data-link-hosts="${escaped(linkHosts.join(" "))}" data-kind="${kind}"`;
  const more = definitions ? ` data-definitions="${escaped(definitions)}"` : "";
  return html.replace("</head>", () => `  <meta name="viewcomfy-deployment" ${facts}${more} />\n  </head>`);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function answer(response, status, text, type = "text/plain") {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" };
  response.writeHead(status, headers).end(text);
}
