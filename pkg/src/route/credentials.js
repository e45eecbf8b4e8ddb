// The service's credentials: an id with its secret, or a token, which stands for the two.

import { text } from "./options.js";
import { Refusal } from "./refusal.js";
import { isSendable } from "./sendable.js";

/** @typedef {ReturnType<typeof readCredentials>} Credentials */

/** @param {any} options */
export function readCredentials(options) {
  return {
    clientId: text(options, "clientId"),
    clientSecret: text(options, "clientSecret"),
    token: typeof options.token === "function" ? options.token : text(options, "token"),
  };
}

/**
 * Why nothing can be sent with these.
 *
 * @param {Credentials} credentials
 * @param {{ clientId: string, clientSecret: string, token: string }} variables how environments commonly name them
 * @returns {string | undefined}
 */
export function credentialsProblem({ clientId, clientSecret, token }, variables) {
  if (typeof token === "function") return undefined;
  if (token !== undefined) return unsendable("token", variables.token, token);
  const pair = `clientId and clientSecret (${variables.clientId}, ${variables.clientSecret})`;
  if (!clientId && !clientSecret) return `The deployment's credentials are missing: set ${pair}, or token.`;
  if (!clientSecret) return `The client secret is missing: set clientSecret (${variables.clientSecret}).`;
  if (!clientId) return `The client id is missing: set clientId (${variables.clientId}).`;
  return (
    unsendable("clientId", variables.clientId, clientId) ??
    unsendable("clientSecret", variables.clientSecret, clientSecret)
  );
}

function unsendable(name, variable, value) {
  if (isSendable(value)) return undefined;
  return `${name} (${variable}) has a space or a character that cannot be sent: copy it again from the dashboard.`;
}

/**
 * Asked for each request, as a token may run out between two.
 *
 * @param {Credentials} credentials
 * @param {import("./ending.js").Ending} ending
 * @returns {Promise<{ headers: Record<string, string>, secret: string }>}
 */
export async function credentialHeaders({ clientId, clientSecret, token }, ending) {
  if (token === undefined)
    return {
      headers: { client_id: `${clientId}`, client_secret: `${clientSecret}` },
      secret: `${clientSecret}`,
    };
  const secret = typeof token === "function" ? await tokenFrom(token, ending) : token;
  return { headers: { authorization: `Bearer ${secret}` }, secret };
}

async function tokenFrom(token, ending) {
  let given;
  try {
    given = await ending.for(Promise.resolve(token()));
  } catch (cause) {
    if (ending.signal.aborted) throw cause;
    throw new Refusal("not_configured", "The token could not be obtained.", { cause });
  }
  if (isSendable(given)) return given;
  throw new Refusal("not_configured", "The function token gave nothing that can be sent as a token.");
}
