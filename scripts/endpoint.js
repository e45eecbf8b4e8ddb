// Builds the local endpoint. Node built-ins only.

import { join } from "node:path";

import { must, root, step } from "./run.js";
import { ensureRust } from "./setup.js";

/** Where the program is after {@link buildEndpoint}. */
export const endpointProgram = join(root, "target", "debug", "local-endpoint");

/** Where it is when compiled for speed. */
export const fastEndpointProgram = join(root, "target", "release", "local-endpoint");

/** Compiles the local endpoint; cargo itself knows when there is nothing to do. */
export async function buildEndpoint({ fast = false } = {}) {
  await ensureRust();
  const flags = [...(fast ? ["--release"] : []), ...(process.env.CI ? ["--locked"] : [])];
  const args = ["build", "--quiet", "--package", "local-endpoint", ...flags];
  await step(`endpoint: compiling the local endpoint${fast ? " for speed" : ""}`, () =>
    must("cargo", args, "The local endpoint does not compile"),
  );
}
