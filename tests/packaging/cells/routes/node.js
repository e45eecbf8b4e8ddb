// The routes in Node's http server.

import { createServer } from "node:http";

import { toNodeListener } from "viewcomfy-wasm/proxy/node";

import { routesOf } from "./routes.js";

const server = createServer(toNodeListener(routesOf(process.env)));
server.listen(process.env.PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
