// The route of a backend between a page and a deployment: `(Request) → Promise<Response>`, with web standards only.

import { fetchLink } from "../route/link.js";
import { answerOnRoute } from "../route/route.js";
import { runDeployment } from "./deployment.js";
import { readOptions } from "./options.js";

export { fromEnv } from "./environment.js";

/** See proxy.d.ts. */
export function createProxy(options) {
  const settings = readOptions(options);
  return async function viewcomfyProxy(request) {
    return answerOnRoute(request, settings, request.method === "POST" ? runDeployment : fetchLink);
  };
}
