// Builds the local endpoint. Node built-ins only.

import { join } from "node:path";

import { must, root, say } from "./run.js";
import { ensureRust } from "./setup.js";

/** Where the program is after {@link buildEndpoint}. */
export const endpointProgram = join(root, "target", "debug", "local-endpoint");

/** Where it is when it was compiled for speed. */
export const fastEndpointProgram = join(root, "target", "release", "local-endpoint");

/** Compiles the local endpoint; cargo itself sees when there is nothing to do. */
export async function buildEndpoint({ fast = false } = {}) {
  await ensureRust();
  const first = fast ? "for speed (two minutes the first time)" : "(half a minute the first time)";
  say(`endpoint: compiling the local endpoint ${first} …`);
  const flags = [...(fast ? ["--release"] : []), ...(process.env.CI ? ["--locked"] : [])];
  await must(
    "cargo",
    ["build", "--quiet", "--package", "local-endpoint", ...flags],
    "The local endpoint does not compile",
  );
}
