// Installs what building and testing need, each only if it is missing: npm packages, a linker, the wasm target, the
// browsers. `node scripts/setup.js` installs all of it. Node built-ins only.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { ensureBrowser } from "./browser.js";
import { installDebian, isDebianRoot } from "./debian.js";
import { ENGINES, ensureEngine } from "./other-engines.js";
import { ask, Failure, isMain, main, must, root, run, say, step } from "./run.js";

const WASM = "wasm32-unknown-unknown";
const CARGO_DENY = "0.20.2";
/** In target/, so that a CI cache of target/ includes it. */
const TOOLS = join(root, "target", "tools");
const OWN_CARGO_DENY = join(TOOLS, "bin", process.platform === "win32" ? "cargo-deny.exe" : "cargo-deny");
const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src"];

/** Installs the locked npm packages if they are missing or older than the lock file. */
export async function ensurePackages() {
  requireNode();
  await ensurePackagesIn(root, "the locked npm packages");
}

/** The same for a part with its own packages and lock file; `what` describes them to the reader. */
export async function ensurePackagesIn(directory, what) {
  const installed = join(directory, "node_modules", ".package-lock.json");
  const lock = join(directory, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const advice =
    "The npm packages could not be installed. Check that npm reaches its registry, then try again";
  await step(`setup: installing ${what} (npm ci)`, () =>
    must("npm", ["ci", "--loglevel=error"], advice, { cwd: directory }),
  );
}

function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20)
    throw new Failure(`Node 20 or later is needed; this is ${process.version}. Install a current Node`);
}

/** Checks that Rust can compile and link for this machine, and installs Debian's linker if only that is missing. */
export async function ensureRust() {
  if (ask("cargo", ["--version"]) === null) {
    throw new Failure(
      "cargo was not found. Install Rust with rustup (rustup.rs), open a new terminal and try again",
    );
  }
  if (process.platform === "win32" || ask("cc", ["--version"]) !== null) return;
  if (!isDebianRoot())
    throw new Failure("No linker (cc) was found. Install a C compiler, such as Debian's package gcc");
  await installDebian(["gcc", "libc6-dev"], "a linker for Rust");
}

/** Builds the standard library from source, which needs unstable flags; a stable compiler accepts them with a variable. */
const BUILD_STD = ["--target", WASM, "-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const BOOTSTRAP = { RUSTC_BOOTSTRAP: "1" };

/** A panic is a bug and ends in a trap anyway; messages and locations would be a seventh of the module. */
const NO_PANIC_MESSAGES = [
  "-Zunstable-options",
  "-Cpanic=immediate-abort",
  "-Zfmt-debug=none",
  "-Zlocation-detail=none",
];

/**
 * Makes sure that Rust can compile for wasm: with the standard library built from rustup's copy of its source, otherwise
 * with rustup's prebuilt one, otherwise with Debian's Rust.
 *
 * @returns {Promise<{ cargo: string, args: string[], env: Record<string, string>, flags: string[], prebuilt: boolean }>}
 *   how to call cargo for wasm; `prebuilt` is false if the standard library is built from source.
 */
export async function ensureWasmTarget() {
  await ensureRust();
  if (hasRustup())
    await addFromRustup("Rust's standard library as source", hasLibrarySource, "component", "rust-src");
  if (!hasLibrarySource()) return readyMadeTarget("its source is not installed");
  if (!takesUnstableFlags()) return readyMadeTarget("this compiler refuses the flags that build it");
  return { cargo: "cargo", args: BUILD_STD, env: BOOTSTRAP, flags: NO_PANIC_MESSAGES, prebuilt: false };
}

/**
 * The same without unstable flags, so that a build works with every compiler.
 *
 * @param {string} why a clause that says why the standard library is not built from source
 */
export async function readyMadeTarget(why) {
  if (hasRustup()) await addFromRustup(`Rust's standard library for ${WASM}`, hasWasmLibrary, "target", WASM);
  if (!hasWasmLibrary()) return debianRust();
  say(`setup: using the prebuilt standard library of Rust, because ${why}: the module is a seventh larger.`);
  return { cargo: "cargo", args: ["--target", WASM], env: {}, flags: [], prebuilt: true };
}

function hasRustup() {
  return ask("rustup", ["--version"]) !== null;
}

/** Whether the compiler that cargo calls accepts the flags of {@link NO_PANIC_MESSAGES}. */
function takesUnstableFlags() {
  const compiler = process.env.RUSTC ?? "rustc";
  return ask(compiler, [...NO_PANIC_MESSAGES, "--target", WASM, "--print", "cfg"], BOOTSTRAP) !== null;
}

async function addFromRustup(what, isThere, kind, name) {
  if (isThere()) return;
  say(`setup: adding ${what} (rustup ${kind} add ${name}) …`);
  const { code } = await run("rustup", [kind, "add", name]);
  if (code !== 0) say("setup: rustup could not add it.");
}

/** Whether the standard library can be built from source, which makes the wasm smaller. */
export function hasLibrarySource() {
  const sysroot = ask("rustc", ["--print", "sysroot"]);
  return (
    sysroot !== null && existsSync(join(sysroot, "lib", "rustlib", "src", "rust", "library", "Cargo.lock"))
  );
}

function hasWasmLibrary() {
  const directory = ask("rustc", ["--print", "target-libdir", "--target", WASM]);
  return directory !== null && existsSync(directory);
}

async function debianRust() {
  const linker = findLld();
  if (linker === null || (!hasDebianRust() && !isDebianRoot())) {
    throw new Failure(`Rust cannot compile for ${WASM}. Run "rustup target add ${WASM}", then try again`);
  }
  if (!hasDebianRust())
    await installDebian(DEBIAN_RUST, "Debian's Rust, which includes the library's source");
  const env = {
    RUSTC: "/usr/bin/rustc",
    ...BOOTSTRAP,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker,
  };
  return { cargo: "/usr/bin/cargo", args: BUILD_STD, env, flags: [], prebuilt: false };
}

function hasDebianRust() {
  return ask("dpkg-query", ["--show", ...DEBIAN_RUST]) !== null && existsSync("/usr/bin/cargo");
}

function findLld() {
  const sysroot =
    ask("rustup", ["run", "stable", "rustc", "--print", "sysroot"]) ?? ask("rustc", ["--print", "sysroot"]);
  const host = /^host: (.+)$/m.exec(ask("rustc", ["-vV"]) ?? "")?.[1];
  const lld = join(sysroot ?? "", "lib", "rustlib", host ?? "", "bin", "rust-lld");
  return existsSync(lld) ? lld : null;
}

/**
 * cargo-deny, built without optimisation, which takes a third of the time. Any installed version will do.
 *
 * @returns {Promise<string | null>} how to call it; null if it cannot be installed
 */
export async function ensureCargoDeny() {
  if (existsSync(OWN_CARGO_DENY)) return OWN_CARGO_DENY;
  if (ask("cargo-deny", ["--version"]) !== null) return "cargo-deny";
  say(
    `setup: installing cargo-deny ${CARGO_DENY} into target/tools (cargo install; a minute or two, once) …`,
  );
  const args = [
    "install",
    "cargo-deny",
    "--version",
    CARGO_DENY,
    "--locked",
    "--quiet",
    "--debug",
    "--root",
    TOOLS,
  ];
  const { code } = await run("cargo", args, { env: { CARGO_PROFILE_DEV_DEBUG: "0" } });
  return code === 0 ? OWN_CARGO_DENY : null;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await ensurePackages();
    await ensureWasmTarget();
    await ensureBrowser();
    const missing = [];
    for (const name of Object.keys(ENGINES)) if (await ensureEngine(name)) missing.push(name);
    say(`setup: everything is installed${missing.length > 0 ? ` except ${missing.join(" and ")}` : ""}.`);
  });
}
