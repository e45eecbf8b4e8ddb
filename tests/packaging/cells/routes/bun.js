// The routes in Bun's server.

import { routesOf } from "./routes.js";

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Bun.env.PORT,
  idleTimeout: 0, // by itself Bun hangs up after 10 silent seconds
  fetch: routesOf(Bun.env),
});
console.log(`http://127.0.0.1:${server.port}`);
