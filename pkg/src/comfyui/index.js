// The route of a backend between a page and ComfyUI servers: `(Request) → Promise<Response>`, as the proxy's, with web standards.

import { notServed } from "../route/caller.js";
import { answerOnRoute } from "../route/route.js";
import { cancel, lookUp, objectInfo, resume, view } from "./later.js";
import { readOptions } from "./options.js";
import { run } from "./run.js";

/** What is asked for in the query, by method. */
const ASKED = { GET: { resume, prompt_ids: lookUp, view, object_info: objectInfo }, POST: { cancel } };

/** See comfyui.d.ts. */
export function createComfyRoute(options) {
  const settings = readOptions(options);
  return async function viewcomfyComfyRoute(request) {
    return answerOnRoute(request, settings, serve);
  };
}

async function serve(request, settings, ending) {
  const { searchParams } = new URL(request.url);
  const name = Object.keys(ASKED[request.method]).find((each) => searchParams.has(each));
  if (name !== undefined) return ASKED[request.method][name](request, settings, ending);
  if (request.method === "POST") return run(request, settings, ending);
  throw notServed(settings);
}
