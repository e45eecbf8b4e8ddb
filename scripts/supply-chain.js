// Checks the crates that we build with, using cargo-deny and deny.toml: licences, sources, duplicates, and known
// vulnerabilities if their database can be reached. Node built-ins only.

import { ask, run, say } from "./run.js";
import { ensureCargoDeny } from "./setup.js";

/** @returns {Promise<{ code: number }>} */
export async function checkSupplyChain() {
  const deny = await ensureCargoDeny();
  if (deny === null) {
    say(
      "lint: skipped: cargo-deny could not be installed, so licences and sources of the crates were NOT checked.",
    );
    return { code: 0 };
  }
  const kept = await run(deny, ["--locked", "check", "licenses", "bans", "sources"]);
  const faults = await checkAdvisories(deny);
  return { code: kept.code || faults.code };
}

/** The database is on GitHub, which not every network can reach. */
async function checkAdvisories(deny) {
  if (ask(deny, ["fetch", "db"]) === null) {
    say("lint: skipped: the database of known vulnerabilities (RustSec) could not be reached.");
    return { code: 0 };
  }
  return run(deny, ["--locked", "check", "--disable-fetch", "advisories"]);
}
