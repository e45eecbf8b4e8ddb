// Serves an app's files as any web server does, with a route that passes runs on to the endpoint.

import { request } from "node:http";

import sirv from "sirv";
import { serve } from "../../support/serve.js";

export const ROUTE = "/api/viewcomfy";
const CREDENTIALS = { client_id: "local-id", client_secret: "local-secret" };

/** The endpoint as the apps' environment names it. */
export function environmentOf(endpoint) {
  return {
    VIEWCOMFY_API_URL: `${endpoint}/infer`,
    VIEWCOMFY_CLIENT_ID: CREDENTIALS.client_id,
    VIEWCOMFY_CLIENT_SECRET: CREDENTIALS.client_secret,
  };
}

/**
 * @param {string} directory
 * @param {string} endpoint where {@link ROUTE} leads to
 * @param {Record<string, string>} [headers] of each file
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startSite(directory, endpoint, headers = {}) {
  const setHeaders = (response) => response.setHeaders(new Map(Object.entries(headers)));
  const files = sirv(directory, { dev: true, setHeaders });
  return serve((incoming, outgoing) => {
    if (incoming.url === ROUTE) passOn(incoming, outgoing, endpoint);
    else files(incoming, outgoing, () => outgoing.writeHead(404).end());
  });
}

/** Not the package's proxy: a page that fails should not leave open which of the two it was. */
function passOn(incoming, outgoing, endpoint) {
  const { method, headers } = incoming;
  const onwards = request(
    `${endpoint}/infer`,
    { method, headers: { ...headers, ...CREDENTIALS } },
    (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onwards.on("error", () => outgoing.destroy());
  incoming.pipe(onwards);
}
