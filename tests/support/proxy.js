// A proxy on a Node server, and small servers behind it.

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { serve } from "./serve.js";

export const SECRET = "local-secret";
export const CREDENTIALS = { clientId: "local-id", clientSecret: SECRET };

/**
 * A proxy in front of an endpoint; `failures` collects those that it reports.
 *
 * @param {object} options those of `createProxy`; the credentials default to the local endpoint's
 */
export async function startProxy(options) {
  const failures = [];
  const proxy = createProxy({ ...CREDENTIALS, onFailure: (failure) => failures.push(failure), ...options });
  return { ...(await serve(toNodeListener(proxy))), failures };
}

/** A form of the protocol with these additional fields. */
export function formOf(fields = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ params: '{"1-inputs-x":1}', logs: "false", ...fields })) {
    form.append(name, value);
  }
  return form;
}

/** The status and body of a refusal. */
export async function refusalOf(response) {
  const { errorMsg, errorType, errorDetails } = await response.json();
  return { status: response.status, code: errorType, message: errorDetails, unserved: errorMsg };
}

/** The whole body of a request, as text in latin1: a character for each byte. */
export async function bodyText(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}
