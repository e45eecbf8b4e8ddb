// The route between the page and the deployment.

import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";

export const POST = createProxy(fromEnv(process.env));
