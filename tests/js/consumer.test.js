// A Rust crate for wasm32 that depends on ours gets the core alone: none of our exports to JavaScript, no imports, no
// wasm-bindgen. The crate is tests/consumer, built in a directory of its own with the project's locked versions.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ask, must, root } from "../../scripts/run.js";
import { ensureWasmTarget } from "../../scripts/setup.js";

const WASM = "wasm32-unknown-unknown";
const directory = mkdtempSync(join(tmpdir(), "consumer-"));
let bytes;

before(async () => {
  cpSync(join(root, "tests", "consumer"), directory, { recursive: true });
  const manifest = join(directory, "Cargo.toml");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace("PROJECT", root));
  cpSync(join(root, "Cargo.lock"), join(directory, "Cargo.lock"));
  const { cargo, args, env, flags } = await ensureWasmTarget();
  const target = { CARGO_TARGET_DIR: join(root, "target", "consumer") };
  await must(cargo, ["build", "--offline", ...args], "The consumer does not compile", {
    cwd: directory,
    env: { ...env, ...target, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") },
  });
  bytes = readFileSync(join(root, "target", "consumer", WASM, "debug", "consumer.wasm"));
});

after(() => rmSync(directory, { recursive: true }));

test("its module exports and imports nothing of ours, and works", async () => {
  const module = await WebAssembly.compile(bytes);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  assert.deepEqual(functions, [{ name: "parameters", kind: "function" }]);
  const { exports } = await WebAssembly.instantiate(module);
  assert.equal(exports.parameters(), 3);
});

test("its dependencies are the core's", () => {
  const manifest = ["--manifest-path", join(directory, "Cargo.toml")];
  const tree = ask("cargo", ["tree", "--offline", "--target", WASM, "--prefix", "none", ...manifest]);
  const names = new Set(tree.split("\n").map((line) => line.split(" ")[0]));
  assert.ok(names.has("viewcomfy-wasm") && names.has("viewcomfy-kernels"), tree);
  const bindings = [...names].filter((name) => /^(wasm-bindgen|js-sys|web-sys|gloo|serde-wasm)/.test(name));
  assert.deepEqual(bindings, []);
});
