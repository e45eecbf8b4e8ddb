// Installs what building and testing need, each once and only when it is missing: npm packages, a
// linker, the wasm target. `node scripts/setup.js` does all of it. Node built-ins only.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { ask, Failure, isMain, main, must, root, run, say } from "./run.js";

const WASM = "wasm32-unknown-unknown";
const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src"];

/** Installs the locked npm packages when they are missing or older than the lock file. */
export async function ensurePackages() {
  requireNode();
  const installed = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say("setup: installing the locked npm packages (npm ci) …");
  await must(
    "npm",
    ["ci", "--loglevel=error"],
    "The npm packages could not be installed. Check that npm reaches its registry, then try again",
  );
}

function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20)
    throw new Failure(`Node 20 or later is needed; this is ${process.version}. Install a current Node`);
}

/** Checks that Rust can compile and link for this machine, and installs Debian's linker where that is all that lacks. */
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

/**
 * Makes sure that Rust can compile for wasm, by rustup's target or else by Debian's Rust, which builds
 * the standard library from its source.
 *
 * @returns {Promise<{ cargo: string, args: string[], env: Record<string, string>, prebuilt: boolean }>}
 *   how to call cargo for wasm; `prebuilt` is false when the standard library is compiled along.
 */
export async function ensureWasmTarget() {
  await ensureRust();
  const rustup = { cargo: "cargo", args: ["--target", WASM], env: {}, prebuilt: true };
  if (hasWasmLibrary()) return rustup;
  if (ask("rustup", ["--version"]) !== null) {
    say(`setup: adding Rust's standard library for ${WASM} (rustup target add) …`);
    const { code } = await run("rustup", ["target", "add", WASM]);
    if (code === 0 && hasWasmLibrary()) return rustup;
    say("setup: rustup could not add it.");
  }
  return debianRust();
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
  if (!hasDebianRust()) await installDebian(DEBIAN_RUST, "Debian's Rust, which brings the library's source");
  const env = {
    RUSTC: "/usr/bin/rustc",
    // Debian's compiler is a stable one; building the standard library needs an unstable flag.
    RUSTC_BOOTSTRAP: "1",
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker,
  };
  const args = ["--target", WASM, "-Zbuild-std=std,panic_abort"];
  return { cargo: "/usr/bin/cargo", args, env, prebuilt: false };
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

if (isMain(import.meta.url)) {
  await main(async () => {
    await ensurePackages();
    await ensureWasmTarget();
    const { ensureBrowser } = await import("./browser.js");
    await ensureBrowser();
    say("setup: everything is there.");
  });
}
