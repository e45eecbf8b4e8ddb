// The proxy in a worker: its settings are the worker's variables and secrets.

import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";

export default {
  fetch(request, env) {
    if (new URL(request.url).pathname !== "/api/viewcomfy") return new Response(null, { status: 404 });
    return createProxy(fromEnv(env))(request);
  },
};
