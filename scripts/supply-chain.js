// What the crates are that we build with: licences, sources, duplicates, and known faults where their database can be reached.
// cargo-deny says so, by deny.toml. Node built-ins only.

import { ask, run, say } from "./run.js";
import { ensureCargoDeny } from "./setup.js";

/** @returns {Promise<{ code: number }>} */
export async function checkSupplyChain() {
  const deny = await ensureCargoDeny();
  if (deny === null) {
    say(
      "lint: left out: cargo-deny could not be installed, so licences and sources of the crates were NOT checked.",
    );
    return { code: 0 };
  }
  const kept = await run(deny, ["--locked", "check", "licenses", "bans", "sources"]);
  const faults = await checkAdvisories(deny);
  return { code: kept.code || faults.code };
}

/** The database is on GitHub, which not every network lets in. */
async function checkAdvisories(deny) {
  if (ask(deny, ["fetch", "db"]) === null) {
    say("lint: left out: the database of known faults (RustSec) could not be reached.");
    return { code: 0 };
  }
  return run(deny, ["--locked", "check", "--disable-fetch", "advisories"]);
}
