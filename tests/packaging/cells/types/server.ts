// Uses the types of the proxy, and of its listener for Node.

import { createServer } from "node:http";

import { createProxy, fromEnv, type ProxyHandler } from "viewcomfy-wasm/proxy";
import { toNodeListener } from "viewcomfy-wasm/proxy/node";

const proxy: ProxyHandler = createProxy({ ...fromEnv(process.env), maxBodyBytes: 1_000_000 });
createServer(toNodeListener(proxy)).listen(3000);

// @ts-expect-error: a limit is a number
createProxy({ endpoint: "https://example.com", maxBodyBytes: "1 MB" });
