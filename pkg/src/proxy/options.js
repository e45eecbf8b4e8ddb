// The proxy's options, checked once.

import { addressOf } from "../route/address.js";
import { credentialsProblem, readCredentials } from "../route/credentials.js";
import { hostPattern } from "../route/hosts.js";
import { checkNames, commonOf, flag, list } from "../route/options.js";
import { VARIABLES } from "./environment.js";
import { ProxyOptions } from "./option-names.js";

const ENDPOINT = { what: "The deployment's address", variable: VARIABLES.endpoint };

/** @typedef {ReturnType<typeof readOptions>} Settings */

/** @param {import("viewcomfy-wasm/proxy").ProxyOptions} options */
export function readOptions(options) {
  checkNames(options, ProxyOptions, "createProxy");
  const endpoint = addressOf(options, "endpoint", ENDPOINT);
  const credentials = readCredentials(options);
  const linkHosts = list(options, "linkHosts").map(hostPattern);
  return {
    backend: "deployment",
    unserved: "The proxy did not pass the request on",
    methods: linkHosts.length > 0 ? ["POST", "GET"] : ["POST"],
    serves: linkHosts.length > 0 ? "POST runs a workflow, GET fetches a link" : "POST runs a workflow",
    endpoint: endpoint.url,
    credentials,
    problem: endpoint.problem ?? credentialsProblem(credentials, VARIABLES),
    workflowApi: flag(options, "workflowApi", true),
    linkHosts,
    ...commonOf(options),
  };
}
