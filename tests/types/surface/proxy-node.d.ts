import type { IncomingMessage, ServerResponse } from "node:http";
import type { ProxyHandler } from "./proxy.js";
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;
export function toNodeListener(handler: ProxyHandler): NodeListener;
