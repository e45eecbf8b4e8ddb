// The local endpoint, compiled for speed, from which the contenders receive their results.

import { buildEndpoint, fastEndpointProgram } from "../scripts/endpoint.js";

/** The variable that names another program to use; the tests' start code, which is used here too, reads it. */
const VARIABLE = "VIEWCOMFY_LOCAL_ENDPOINT";

/** Compiles it, unless the variable names an existing program. */
export async function prepareEndpoint() {
  if (process.env[VARIABLE]) return;
  await buildEndpoint({ fast: true });
  process.env[VARIABLE] = fastEndpointProgram;
}

/** Starts it on a free port; a browser may cache the package's files, as with a production server. */
export async function startEndpoint() {
  const { startEndpoint: start } = await import("../tests/support/endpoint.js");
  return start({ args: ["--max-age", "3600"] });
}
