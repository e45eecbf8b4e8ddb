// The proxy in Deno's server.

import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";

const proxy = createProxy(fromEnv(Deno.env.toObject()));

const onListen = ({ port }) => console.log(`http://127.0.0.1:${port}`);
Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.env.get("PORT")), onListen }, (request) => {
  if (new URL(request.url).pathname === "/api/viewcomfy") return proxy(request);
  return new Response(null, { status: 404 });
});
