// The routes in front of the cloud API and of ComfyUI, as an app has them: one handler for both.

import { createCloudRoute, fromEnv } from "viewcomfy-wasm/cloud";
import { createComfyRoute } from "viewcomfy-wasm/comfyui";

/** @param {Record<string, string>} env @returns {(request: Request) => Promise<Response>} */
export function routesOf(env) {
  const routes = {
    "/api/cloud": createCloudRoute({ ...fromEnv(env), outputs: "inline", pollMs: 50 }),
    "/api/comfyui": createComfyRoute({ servers: [env.COMFYUI_URL], pollMs: 50 }),
  };
  return async (request) => {
    const route = routes[new URL(request.url).pathname];
    return route ? route(request) : new Response(null, { status: 404 });
  };
}
