// The proxy as a listener of Node's http server.

import { createServer } from "node:http";

import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";
import { toNodeListener } from "viewcomfy-wasm/proxy/node";

const proxy = toNodeListener(createProxy(fromEnv(process.env)));

const server = createServer((request, response) => {
  if (request.url.startsWith("/api/viewcomfy")) return proxy(request, response);
  response.writeHead(404).end();
});
server.listen(process.env.PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
