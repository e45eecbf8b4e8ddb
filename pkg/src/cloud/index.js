// The route of a backend between a page and the cloud API.

import { notServed } from "../route/caller.js";
import { answerOnRoute } from "../route/route.js";
import { answerLink } from "./links.js";
import { readOptions } from "./options.js";
import { cancel, lookUp, resume } from "./requests.js";
import { run } from "./run.js";

export { fromEnv } from "./environment.js";

/** See cloud.d.ts. */
export function createCloudRoute(options) {
  const settings = readOptions(options);
  return async function viewcomfyCloudRoute(request) {
    return answerOnRoute(request, settings, serverOf(request));
  };
}

/** What a request asks for. */
function serverOf(request) {
  const asked = new URL(request.url).searchParams;
  if (request.method === "POST") return asked.has("cancel") ? cancel : run;
  if (asked.has("resume")) return resume;
  if (asked.has("prompt_ids")) return lookUp;
  return asked.has("url") ? answerLink : refuse;
}

/** @returns {Promise<Response>} */
async function refuse(_request, settings) {
  throw notServed(settings);
}
