// Where runs go: a deployment, the cloud API, or ComfyUI servers; from the options and the environment.

import { credentials, refuseCredentialsIn } from "./credentials.js";
import { UsageFailure } from "./failure.js";
import { usage } from "./options.js";
import { quoted } from "./terminal.js";

/** The options of the commands that run something. */
export const BACKEND = {
  endpoint: { type: "string" },
  cloud: { type: "boolean" },
  comfyui: { type: "string", multiple: true },
};

/** Their help, as a list of options. */
export const BACKEND_HELP = `      --endpoint URL       the deployment's address, or VIEWCOMFY_API_URL
      --cloud              use the cloud API, which schedules runs on this deployment; live logs need the package
                           socket.io-client. VIEWCOMFY_CLOUD_URL sets another address of the cloud API.
      --comfyui URL        use a ComfyUI server, for example http://127.0.0.1:8188. May be repeated for servers with the same
                           models: a run goes to the shortest queue. In Node 20 the log needs the package ws.`;

/**
 * @typedef {{ kind: "deployment" | "cloud", endpoint: string } | { kind: "comfyui", servers: string[] }} Backend
 */

/**
 * @param {Record<string, any>} options
 * @param {string} name the command's
 * @returns {Backend}
 */
export function backendOf({ endpoint, cloud, comfyui: servers }, name) {
  if (servers === undefined) {
    return { kind: cloud ? "cloud" : "deployment", endpoint: deployment(endpoint, name) };
  }
  if (cloud || endpoint !== undefined)
    throw usage(`--comfyui and ${cloud ? "--cloud" : "--endpoint"} do not go together`, name);
  for (const server of servers) {
    checkAddress(server, "a ComfyUI server's address", "http://", name);
    if (/[?#]/.test(server)) throw usage("a ComfyUI server's address has no query", name);
  }
  return { kind: "comfyui", servers };
}

/**
 * Those of a command that takes several: each is asked for by an option of its own.
 *
 * @param {Record<string, any>} options
 * @param {string} name the command's
 * @returns {Backend[]}
 */
export function backendsOf({ endpoint, deployment: isAsked, cloud, comfyui }, name) {
  const backends = [
    ...(comfyui === undefined ? [] : [backendOf({ comfyui }, name)]),
    ...(cloud ? [backendOf({ endpoint, cloud }, name)] : []),
  ];
  const isMeant = isAsked || (endpoint !== undefined && !cloud);
  return isMeant || backends.length === 0 ? [...backends, backendOf({ endpoint }, name)] : backends;
}

function deployment(endpoint = process.env.VIEWCOMFY_API_URL, name) {
  if (!endpoint) {
    throw new UsageFailure(
      "there is no endpoint to call",
      "Give the deployment's address with --endpoint, or in VIEWCOMFY_API_URL; or a ComfyUI server's with --comfyui.",
    );
  }
  checkAddress(endpoint, "the endpoint", "https://", name);
  return endpoint;
}

function checkAddress(given, what, scheme, name) {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usage(`${what} must be an address that begins with ${scheme}, not ${quoted(given)}`, name);
  refuseCredentialsIn(url, what === "the endpoint" ? "the endpoint's address" : what);
}

/**
 * The route to a backend, in this process.
 *
 * @param {Backend} backend
 * @param {{ workflow?: string | Uint8Array, cancelOnLeave?: boolean, authorize?: (request: Request) => boolean,
 *   linkHosts?: string[], onFailure?: (failure: { message: string }) => void }} options
 * @returns {Promise<(request: Request) => Promise<Response>>}
 */
export async function routeTo(backend, { workflow, cancelOnLeave, linkHosts, ...options }) {
  if (backend.kind === "comfyui") {
    const { createComfyRoute } = await import("viewcomfy-wasm/comfyui");
    return createComfyRoute({ servers: backend.servers, workflow, ...options });
  }
  const given = neededCredentials();
  if (backend.kind === "cloud") {
    const { createCloudRoute } = await import("viewcomfy-wasm/cloud");
    const baseUrl = process.env.VIEWCOMFY_CLOUD_URL || undefined;
    const where = { apiUrl: backend.endpoint, baseUrl, linkHosts, outputs: /** @type {const} */ ("inline") };
    return createCloudRoute({ ...where, ...given, cancelOnLeave, ...options });
  }
  const { createProxy } = await import("viewcomfy-wasm/proxy");
  return createProxy({ endpoint: backend.endpoint, ...given, linkHosts, ...options });
}

function neededCredentials() {
  const given = credentials();
  if (Object.keys(given).length > 0) return given;
  throw new UsageFailure(
    "the credentials are missing",
    "Set VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET, or VIEWCOMFY_TOKEN, in the environment.",
  );
}
