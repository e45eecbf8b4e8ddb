// What the crates are that we build with: licences, sources, duplicates, and known faults where their database can be reached.
// cargo-deny says so, by deny.toml. Node built-ins only.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { ask, root, run, say } from "./run.js";

const VERSION = "0.20.2";
/** Beside what else is compiled, so that what keeps target/ keeps it too. */
const TOOLS = join(root, "target", "tools");
const OWN = join(TOOLS, "bin", process.platform === "win32" ? "cargo-deny.exe" : "cargo-deny");
const LEFT_OUT = "the licences and sources of the crates were NOT checked";

/** @returns {Promise<{ code: number }>} */
export async function checkSupplyChain() {
  const deny = await ensureCargoDeny();
  if (deny === null) {
    say(`lint: left out: cargo-deny ${VERSION} could not be installed, so ${LEFT_OUT}.`);
    return { code: 0 };
  }
  const kept = await run(deny, ["--locked", "check", "licenses", "bans", "sources"]);
  const faults = await checkAdvisories(deny);
  return { code: kept.code || faults.code };
}

/** Any version of the machine's own will do: the settings are the same for years. */
async function ensureCargoDeny() {
  if (existsSync(OWN)) return OWN;
  if (ask("cargo-deny", ["--version"]) !== null) return "cargo-deny";
  say(`setup: installing cargo-deny ${VERSION} into target/tools (cargo install; two minutes, once) …`);
  const args = [
    "install",
    "cargo-deny",
    "--version",
    VERSION,
    "--locked",
    "--quiet",
    "--debug",
    "--root",
    TOOLS,
  ];
  const { code } = await run("cargo", args, { env: { CARGO_PROFILE_DEV_DEBUG: "0" } });
  return code === 0 ? OWN : null;
}

/** The database is on GitHub, which not every network lets in. */
async function checkAdvisories(deny) {
  if (ask(deny, ["fetch", "db"]) === null) {
    say("lint: left out: the database of known faults (RustSec) could not be reached.");
    return { code: 0 };
  }
  return run(deny, ["--locked", "check", "--disable-fetch", "advisories"]);
}
