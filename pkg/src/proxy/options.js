// The proxy's options, checked once.

import { hostPattern } from "../route/hosts.js";
import { checkNames, commonOf, flag, isSendable, list, text } from "../route/options.js";
import { VARIABLES } from "./environment.js";
import { ProxyOptions } from "./option-names.js";

/** @typedef {ReturnType<typeof readOptions>} Settings */

/** @param {import("viewcomfy-wasm/proxy").ProxyOptions} options */
export function readOptions(options) {
  checkNames(options, ProxyOptions, "createProxy");
  const { endpoint } = options;
  if (
    endpoint !== undefined &&
    endpoint !== null &&
    !(endpoint instanceof URL) &&
    typeof endpoint !== "string"
  )
    throw new TypeError("endpoint must be a string or a URL");
  const clientId = text(options, "clientId");
  const clientSecret = text(options, "clientSecret");
  const token = typeof options.token === "function" ? options.token : text(options, "token");
  const address = addressOf(endpoint);
  const linkHosts = list(options, "linkHosts").map(hostPattern);
  return {
    backend: "deployment",
    methods: linkHosts.length > 0 ? ["POST", "GET"] : ["POST"],
    endpoint: address.url,
    credentials: { clientId, clientSecret, token },
    problem: address.problem ?? credentialsProblem({ clientId, clientSecret, token }),
    workflowApi: flag(options, "workflowApi", true),
    linkHosts,
    ...commonOf(options),
  };
}

function addressOf(endpoint) {
  const say = (what) => ({ url: undefined, problem: `${what}: set endpoint (${VARIABLES.endpoint}).` });
  if (!endpoint) return say("The deployment's address is missing");
  if (!URL.canParse(`${endpoint}`)) return say("The deployment's address is not a web address");
  const url = new URL(endpoint);
  if (!/^https?:$/.test(url.protocol)) return say("The deployment's address is not a web address");
  if (url.username || url.password)
    return say("The deployment's address must not have a name or password in it");
  url.hash = "";
  return { url, problem: undefined };
}

/** A token stands for the pair. */
function credentialsProblem({ clientId, clientSecret, token }) {
  if (typeof token === "function") return undefined;
  if (token !== undefined) return unsendable("token", VARIABLES.token, token);
  const pair = `clientId and clientSecret (${VARIABLES.clientId}, ${VARIABLES.clientSecret})`;
  if (!clientId && !clientSecret) return `The deployment's credentials are missing: set ${pair}, or token.`;
  if (!clientSecret) return `The client secret is missing: set clientSecret (${VARIABLES.clientSecret}).`;
  if (!clientId) return `The client id is missing: set clientId (${VARIABLES.clientId}).`;
  return (
    unsendable("clientId", VARIABLES.clientId, clientId) ??
    unsendable("clientSecret", VARIABLES.clientSecret, clientSecret)
  );
}

function unsendable(name, variable, value) {
  if (isSendable(value)) return undefined;
  return `${name} (${variable}) has a space or a character that cannot be sent: copy it again from the dashboard.`;
}
