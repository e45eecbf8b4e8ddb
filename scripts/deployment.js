// The demo page in front of a real deployment: serves www/ and pkg/, and the package's own proxy, which adds the
// credentials. To be loaded after the build, which installs sirv and makes pkg/proxy.js.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import sirv from "sirv";

import { createProxy, fromEnv } from "../pkg/proxy.js";
import { toNodeListener } from "../pkg/proxy-node.js";
import { Failure, root } from "./run.js";

const ROUTE = "/api/viewcomfy";
const LOOPBACK = "127.0.0.1";
/** Under any other name it may be a page of somebody else's whose name was pointed at this machine. */
const OUR_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
/** Another site's page must not lay the demo under its own buttons. */
const NOT_IN_FRAMES = { "content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY" };
/** As the local endpoint serves them: files may change at any time, so a browser asks each time. */
const FILES = { dev: true, etag: true, extensions: [] };
const NOT_FOUND = "There is no such file here. If the page or the package is missing: npm run build\n";

/**
 * Serves on this machine only.
 *
 * @param {NonNullable<ReturnType<typeof import("./deployment-settings.js").readDeployment>>} deployment
 * @param {object} options
 * @param {number} options.port 0 takes a free one
 * @param {(message: string) => void} options.onFailure told why a request could not be passed on
 */
export async function serveDeployment(deployment, { port, onFailure }) {
  const proxy = toNodeListener(proxyFor(deployment, onFailure));
  const files = { pkg: sirv(join(root, "pkg"), FILES), www: sirv(join(root, "www"), FILES) };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(NOT_IN_FRAMES)) response.setHeader(name, value);
    const [path] = (request.url ?? "/").split("?");
    if (!OUR_NAMES.test(request.headers.host ?? "")) return answer(response, 421, "Ask for localhost\n");
    if (path === ROUTE) return proxy(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return answer(response, 405, "Files can only be read\n");
    }
    if (path === "/" || path === "/index.html")
      return answer(response, 200, pageFor(deployment), "text/html");
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

function proxyFor({ variables, linkHosts }, onFailure) {
  const report = ({ message }) => onFailure(message);
  try {
    return createProxy({ ...fromEnv(variables), linkHosts, onFailure: report });
  } catch (error) {
    throw new Failure(`The proxy cannot be set up: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function serveFile(request, response, { pkg, www }) {
  const missing = () => answer(response, 404, NOT_FOUND);
  if (!request.url.startsWith("/pkg/")) return www(request, response, missing);
  request.url = request.url.slice("/pkg".length);
  pkg(request, response, missing);
}

/** The page, told where its runs go: it finds out without a request of its own. */
function pageFor({ host, linkHosts }) {
  const html = readFileSync(join(root, "www", "index.html"), "utf8");
  const facts = `content="${ROUTE}" data-host="${escaped(host)}" data-link-hosts="${escaped(linkHosts.join(" "))}"`;
  return html.replace("</head>", () => `  <meta name="viewcomfy-deployment" ${facts} />\n  </head>`);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function answer(response, status, text, type = "text/plain") {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" };
  response.writeHead(status, headers).end(text);
}
