// Installs packages where this is Debian and we may. Node built-ins only.

import { existsSync } from "node:fs";

import { ask, must, say } from "./run.js";

/** True where a missing Debian package can simply be installed. */
export function isDebianRoot() {
  return (
    process.getuid?.() === 0 && existsSync("/etc/debian_version") && ask("apt-get", ["--version"]) !== null
  );
}

/** Installs Debian packages; `what` says to a reader what they are. */
export async function installDebian(packages, what) {
  say(`setup: installing ${what} (apt-get install ${packages.join(" ")}) …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const advice = `Debian's packages could not be installed. Run "apt-get install ${packages.join(" ")}" by hand, then try again`;
  await must("apt-get", ["update", "-qq"], advice, { env });
  await must("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], advice, { env });
}
