// The deployment: asked with the credentials, and followed through its gateway's redirects.

import { hopOf, MAX_HOPS } from "../hops.js";
import { answerOf } from "../route/answer.js";
import { credentialHeaders } from "../route/credentials.js";
import { discard, send } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { uploadOf } from "../route/upload.js";

/**
 * POST: the form goes to the deployment, its answer to the page.
 *
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function runDeployment(request, settings, ending) {
  const upload = await uploadOf(request, settings, ending);
  ending.startWaiting();
  const { response, secret } = await asked(upload, settings, ending);
  return answerOf(response, secret, ending);
}

async function asked({ type, body }, settings, ending) {
  let url = settings.endpoint;
  /** @type {{ method: string, body?: Uint8Array | ReadableStream<Uint8Array>, headers?: Record<string, string> }} */
  let what = { method: "POST", body, headers: { "content-type": type } };
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const { headers, secret } = await credentialHeaders(settings.credentials, ending);
    const response = await send({ url, ...what, headers: { ...headers, ...what.headers } }, settings, ending);
    if (response.status < 300 || response.status > 399) return { response, secret };
    discard(response);
    url = nextOf(response, url, settings.endpoint);
    what = { method: "GET" };
  }
  throw new Refusal("too_many_redirects", `The deployment redirected more than ${MAX_HOPS} times.`);
}

function nextOf(response, from, endpoint) {
  const target = hopOf(response, from, endpoint);
  if (target) return target;
  const { status } = response;
  throw new Refusal(
    "redirect_not_allowed",
    status === 303
      ? "The deployment redirected to another address, which gets no credentials."
      : `The deployment's address redirects elsewhere (${status}): set endpoint to the address it has now.`,
  );
}
