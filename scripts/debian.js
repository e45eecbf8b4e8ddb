// Installs packages if this is Debian and we are root. Node built-ins only.

import { existsSync } from "node:fs";

import { ask, must, say } from "./run.js";

/** Whether a missing Debian package can be installed. */
export function isDebianRoot() {
  return (
    process.getuid?.() === 0 && existsSync("/etc/debian_version") && ask("apt-get", ["--version"]) !== null
  );
}

/** Installs Debian packages; `what` describes them to the reader. */
export async function installDebian(packages, what) {
  say(`setup: installing ${what} (apt-get install ${packages.join(" ")}) …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const advice = `Debian's packages could not be installed. Run "apt-get install ${packages.join(" ")}" by hand, then try again`;
  await must("apt-get", ["update", "-qq"], advice, { env });
  await must("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], advice, { env });
}
