// The local endpoint, compiled for speed: the one that the contenders read from.

import { buildEndpoint, fastEndpointProgram } from "../scripts/endpoint.js";

/** Names another program to use; read by the tests' starter, which starts this one too. */
const VARIABLE = "VIEWCOMFY_LOCAL_ENDPOINT";

/** Compiles it, unless the variable names one that is there. */
export async function prepareEndpoint() {
  if (process.env[VARIABLE]) return;
  await buildEndpoint({ fast: true });
  process.env[VARIABLE] = fastEndpointProgram;
}

/** Starts it on a free port; a browser may keep the package's files, as with a server in use. */
export async function startEndpoint() {
  const { startEndpoint: start } = await import("../tests/support/endpoint.js");
  return start({ args: ["--max-age", "3600"] });
}
