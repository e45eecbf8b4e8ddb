// Builds the local endpoint. Node built-ins only.

import { join } from "node:path";

import { must, root, say } from "./run.js";
import { ensureRust } from "./setup.js";

/** Where the program is after {@link buildEndpoint}. */
export const endpointProgram = join(root, "target", "debug", "local-endpoint");

/** Compiles the local endpoint; cargo itself sees when there is nothing to do. */
export async function buildEndpoint() {
  await ensureRust();
  say("endpoint: compiling the local endpoint (half a minute the first time) …");
  const locked = process.env.CI ? ["--locked"] : [];
  await must(
    "cargo",
    ["build", "--quiet", "--package", "local-endpoint", ...locked],
    "The local endpoint does not compile",
  );
}
