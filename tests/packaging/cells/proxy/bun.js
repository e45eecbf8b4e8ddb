// The proxy as a route of Bun's server.

import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Bun.env.PORT,
  idleTimeout: 0, // by itself Bun hangs up after 10 silent seconds, and a cold start takes longer
  routes: { "/api/viewcomfy": createProxy(fromEnv(Bun.env)) },
  fetch: () => new Response(null, { status: 404 }),
});
console.log(`http://127.0.0.1:${server.port}`);
