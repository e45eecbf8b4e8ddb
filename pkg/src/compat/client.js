// Where a request of the other client goes: a deployment, an app's own route, or the cloud API in this process.

import init, { ViewComfyClient } from "viewcomfy-wasm";

import { ViewComfyError } from "../errors.js";

/** Never asked for: the route of this process answers instead of it. */
const IN_PROCESS = "http://cloud.invalid/";

/**
 * The client for a request. `apiUrl` is the name of the client that streamed, and called a deployment; with
 * `viewComfyApiUrl`, today's calls the cloud API, which needs the credentials. Without them it is an app's own route.
 */
export async function clientOf(given) {
  await init();
  const { apiUrl, viewComfyApiUrl } = given ?? {};
  const credentials = credentialsOf(given ?? {});
  if (apiUrl) return new ViewComfyClient({ endpoint: apiUrl, ...credentials });
  if (!viewComfyApiUrl) throw missing();
  const isKeyed = Object.values(credentials).some(Boolean);
  return isKeyed
    ? cloudClient(viewComfyApiUrl, credentials)
    : new ViewComfyClient({ endpoint: viewComfyApiUrl });
}

async function cloudClient(apiUrl, credentials) {
  const { createCloudRoute, fromEnv } = await import("viewcomfy-wasm/cloud");
  const { baseUrl } = fromEnv(globalThis.process?.env ?? {});
  return new ViewComfyClient({
    endpoint: IN_PROCESS,
    fetch: createCloudRoute({ apiUrl, baseUrl, cancelOnLeave: true, ...credentials }),
  });
}

/** The web app keeps all three in one object; a token counts where there is no client id. */
function credentialsOf({ secret, clientId = secret?.clientId, clientSecret = secret?.clientSecret }) {
  return clientId || clientSecret ? { clientId, clientSecret } : { token: secret?.token };
}

function missing() {
  const advice = "give the deployment's address from the dashboard, or your backend's";
  return new ViewComfyError("missing_endpoint", `neither viewComfyApiUrl nor apiUrl is set: ${advice}`);
}
