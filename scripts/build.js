// Builds the page's bundle (page.js) and the package's generated files: cargo → tools/bindgen → wasm-opt → one small
// module per entry → sizes. `npm run build`; skips itself when no input changed. Node built-ins only before the packages are there.

import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

import { buildPage } from "./page.js";
import { ask, Failure, isMain, main, must, root, say, seconds } from "./run.js";
import { ensurePackages, ensureWasmTarget } from "./setup.js";
import { printSizes } from "./sizes.js";
import { filesUnder, forget, hashOf, isUpToDate, remember } from "./stamp.js";

const COMPILED = join("target", "wasm32-unknown-unknown", "release", "viewcomfy_wasm.wasm");
const GLUE = join("target", "glue");
/** The package's wasm files: the crate with one feature each, and the entries that load it. */
const PARTS = [
  { feature: "client", name: "viewcomfy_wasm", entries: { "index.js": "index.js", "node.js": "node.js" } },
  {
    feature: "inspect",
    name: "viewcomfy_inspect",
    entries: { "inspect.js": "inspect/index.js", "inspect-node.js": "inspect/node.js" },
  },
];
/** What pkg/src/ imports and is checked against; the published types are written by hand. */
const glueOf = ({ name }) => [`${name}.js`, `${name}.d.ts`].map((file) => join("pkg", "src", file));
const wasmOf = ({ name }) => join("pkg", `${name}_bg.wasm`);
const madeFor = (part) => [
  wasmOf(part),
  ...glueOf(part),
  ...Object.keys(part.entries).map((file) => join("pkg", file)),
];
const GENERATED = new Set(PARTS.flatMap(glueOf));
const LICENSES = ["LICENSE-MIT", "LICENSE-APACHE"];

/** Makes the page's bundle, and the entries and the wasm files of pkg/, unless they are up to date. */
export async function build() {
  await ensurePackages();
  await buildPage();
  const wasm = await ensureWasmTarget();
  copyLicenses();
  const hash = inputsHash(wasm);
  if (isUpToDate("build", hash, PARTS.flatMap(madeFor))) {
    say("build: pkg/ is up to date.");
    return;
  }
  forget("build");
  const start = performance.now();
  rmSync(join(root, GLUE), { recursive: true, force: true });
  mkdirSync(join(root, GLUE), { recursive: true });
  for (const part of PARTS) {
    await compile(part, wasm);
    await bind(part);
    await optimise(part);
    await bundle(part);
  }
  remember("build", hash);
  say(`build: done in ${seconds(start)}.`);
}

function copyLicenses() {
  for (const name of LICENSES) {
    if (existsSync(join(root, name))) copyFileSync(join(root, name), join(root, "pkg", name));
  }
}

function inputsHash(wasm) {
  const inputs = [
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "src",
    "pkg/src",
    "tools",
    "scripts/build.js",
  ];
  const compiler = ask(wasm.env.RUSTC ?? "rustc", ["--version"]);
  const written = filesUnder(...inputs).filter((file) => !GENERATED.has(file));
  return hashOf(written, compiler, ...rustFlags(), ...wasm.args, ...wasm.flags);
}

async function compile({ feature }, { cargo, args, env, flags, prebuilt }) {
  const what = prebuilt ? "the crate" : "the crate and Rust's standard library";
  say(`build: compiling ${what} to wasm, ${feature} part (a minute or two the first time) …`);
  const locked = process.env.CI ? ["--locked"] : [];
  const part = ["--no-default-features", "--features", feature];
  const build = ["build", "--release", "--package", "viewcomfy-wasm", "--lib", ...part, ...locked, ...args];
  const all = { CARGO_ENCODED_RUSTFLAGS: [...rustFlags(), ...flags].join("\x1f") };
  await must(cargo, build, "The crate does not compile for wasm", { env: { ...env, ...all } });
}

/** What is compiled for all browsers, and without the names of this machine's directories in it. */
function rustFlags() {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const own = (process.env.RUSTFLAGS ?? "").split(" ").filter(Boolean);
  return [
    ...own,
    `--remap-path-prefix=${join(home, "registry", "src")}=crates`,
    // Vectors decode base64 ten times as fast; every browser of the last years has them.
    "-Ctarget-feature=+simd128",
    // Loops are worth optimising, but a function's call costs less than its copies: a tenth of the bytes.
    "-Cllvm-args=-inline-threshold=25",
  ];
}

async function bind({ name }) {
  say("build: writing the JavaScript glue (tools/bindgen; half a minute to compile the first time) …");
  const args = ["run", "--quiet", "--package", "bindgen", "--", COMPILED, GLUE, name];
  await must("cargo", args, "The JavaScript glue could not be written");
}

/** No feature flags: wasm-opt then keeps to the features that Rust noted in the module, which all browsers have. */
async function optimise(part) {
  say("build: optimising the wasm (wasm-opt) …");
  const wasmOpt = join("node_modules", "binaryen", "bin", "wasm-opt");
  const args = [wasmOpt, "-Oz", join(GLUE, `${part.name}_bg.wasm`), "-o", wasmOf(part)];
  await must(process.execPath, args, "wasm-opt refused the module");
}

/**
 * One module per entry, the glue in it, so that a page without a bundler asks once and not eleven times. It finds its
 * wasm by `new URL(…, import.meta.url)`.
 */
async function bundle(part) {
  for (const made of glueOf(part)) copyFileSync(join(root, GLUE, basename(made)), join(root, made));
  const esbuild = await import("esbuild");
  for (const [entry, source] of Object.entries(part.entries)) {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: [join("pkg", "src", source)],
      outfile: join("pkg", entry),
      write: false,
      bundle: true,
      external: ["node:*"],
      format: "esm",
      target: "es2022",
      minify: true,
      legalComments: "none",
    });
    const [{ path, text }] = outputFiles;
    if (!text.includes("import.meta.url"))
      throw new Failure("The glue lost its way to the wasm (import.meta.url)");
    writeFileSync(path, text);
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await build();
    printSizes();
  });
}
