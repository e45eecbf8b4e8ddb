/**
 * `viewcomfy-wasm/proxy/node`: a proxy as a listener of Node's own http server, and of what is built on it (Express,
 * Fastify's raw routes).
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { ProxyHandler } from "./proxy.js";

/** A listener for Node's http server: bodies are streamed both ways, and a caller who leaves aborts the run. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * @param handler what `createProxy` made, or any function of `fetch`'s form
 * @example
 * ```js
 * import { createServer } from "node:http";
 * import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";
 * import { toNodeListener } from "viewcomfy-wasm/proxy/node";
 *
 * createServer(toNodeListener(createProxy(fromEnv(process.env)))).listen(3000);
 * ```
 */
export function toNodeListener(handler: ProxyHandler): NodeListener;
