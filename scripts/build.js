// Builds the page's bundle (page.js) and the package's generated files: cargo → tools/bindgen → wasm-opt → one small
// module per entry → sizes. `npm run build`; does nothing if no input has changed. Node built-ins only before the packages
// are installed.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

import { writeNotices } from "./notices.js";
import { buildPage } from "./page.js";
import { ask, Failure, isMain, main, must, root, run, say, seconds, step } from "./run.js";
import { ensurePackages, ensureWasmTarget, readyMadeTarget } from "./setup.js";
import { SHORTEN, withShortNames } from "./short-names.js";
import { printSizes } from "./sizes.js";
import { filesUnder, forget, hashOf, isUpToDate, remember } from "./stamp.js";

/** A profile of Cargo.toml: small, and fast where it matters. */
const PROFILE = "web";
const COMPILED = join("target", "wasm32-unknown-unknown", PROFILE, "viewcomfy_wasm.wasm");
const GLUE = join("target", "glue");
/** The package's wasm files: the feature that each is built with, and the entries that contain its glue. */
const PARTS = [
  { feature: "client", name: "viewcomfy_wasm", entries: { "index.js": "index.js", "node.js": "node.js" } },
  {
    feature: "inspect",
    name: "viewcomfy_inspect",
    entries: { "inspect.js": "inspect/index.js", "inspect-node.js": "inspect/node.js" },
  },
  // Loaded by the inspection's entries.
  { feature: "convert", name: "viewcomfy_convert", entries: {} },
];
/** Entries without glue: they import what they need of others from the files beside them. */
const ENTRIES = {
  "cli.js": "cli/cli.js",
  "inline.js": "inline.js",
  "inline-server.js": "inline-server.js",
  "server.js": "server.js",
  "workerd.js": "workerd.js",
  "inspect-workerd.js": "inspect/workerd.js",
  "cloud.js": "cloud/index.js",
  "cloud-workerd.js": "cloud/index.js",
  "proxy.js": "proxy/index.js",
  "proxy-node.js": "proxy/node.js",
  "react.js": "react/index.js",
  "element.js": "element/index.js",
  "comfyui.js": "comfyui/index.js",
  "comfyui-node.js": "comfyui/index.js",
  "comfyui-server.js": "comfyui/index.js",
  "comfyui-workerd.js": "comfyui/index.js",
  "compat.js": "compat/index.js",
  "compat-node.js": "compat/index.js",
  "compat-server.js": "compat/index.js",
  "compat-workerd.js": "compat/index.js",
};
/** The file that replaces each of the package's own names, by the kind of the entry that imports it. */
const SIBLINGS = {
  "viewcomfy-wasm": { web: "./index.js", node: "./node.js", server: "./server.js", workerd: "./workerd.js" },
  "viewcomfy-wasm/inline": { web: "./inline.js" },
  "viewcomfy-wasm/inspect": {
    web: "./inspect.js",
    node: "./inspect-node.js",
    server: "./inspect.js",
    workerd: "./inspect-workerd.js",
  },
  "viewcomfy-wasm/cloud": {
    web: "./cloud.js",
    node: "./cloud.js",
    server: "./cloud.js",
    workerd: "./cloud-workerd.js",
  },
  "viewcomfy-wasm/comfyui": { node: "./comfyui-node.js" },
  "viewcomfy-wasm/proxy": { node: "./proxy.js" },
  "viewcomfy-wasm/proxy/node": { node: "./proxy-node.js" },
};
/** Entries of a kind other than "web". */
const KINDS = {
  "cli.js": "node",
  "comfyui-node.js": "node",
  "cloud-workerd.js": "workerd",
  "comfyui-server.js": "server",
  "comfyui-workerd.js": "workerd",
  "compat-node.js": "node",
  "compat-server.js": "server",
  "compat-workerd.js": "workerd",
};
/** What pkg/src/ imports and is type-checked against; the published types are written by hand. */
const glueOf = ({ name }) => [`${name}.js`, `${name}.d.ts`].map((file) => join("pkg", "src", file));
const wasmOf = ({ name }) => join("pkg", `${name}_bg.wasm`);
const inPackage = (file) => join("pkg", file);
const madeFor = (part) => [wasmOf(part), ...glueOf(part)];
/** Imports that an app may have installed or not: bundlers skip them if a comment says so, but minifying removes comments. */
const IMPORT_BY_VARIABLE = /\bimport\((\w+)\)/g;
const LICENSES = ["LICENSE-MIT", "LICENSE-APACHE"];

/** Makes the page's bundle, and the wasm files and entries of pkg/; the wasm only if its sources have changed. */
export async function build() {
  await ensurePackages();
  await buildPage();
  const wasm = await ensureWasmTarget();
  copyLicenses();
  const start = performance.now();
  await buildWasm(wasm);
  writeNotices(wasm.cargo);
  for (const part of PARTS) await bundleWithGlue(part);
  for (const [entry, source] of Object.entries(ENTRIES)) await bundle(entry, source);
  say(`build: pkg/ is built (${seconds(start)}).`);
}

async function buildWasm(wasm) {
  const hash = inputsHash(wasm);
  if (isUpToDate("build", hash, PARTS.flatMap(madeFor))) {
    say("build: the wasm is up to date.");
    return;
  }
  forget("build");
  rmSync(join(root, GLUE), { recursive: true, force: true });
  mkdirSync(join(root, GLUE), { recursive: true });
  for (const part of PARTS) {
    wasm = await compile(part, wasm);
    await bind(part);
    await optimise(part);
  }
  remember("build", hash);
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
    "kernels",
    "tools",
    "scripts/build.js",
  ];
  const compiler = ask(wasm.env.RUSTC ?? "rustc", ["--version"]);
  return hashOf(filesUnder(...inputs), compiler, ...rustFlags(), ...wasm.args, ...wasm.flags);
}

/** @returns how it was compiled in the end: without the standard library if that could not be compiled from source. */
async function compile(part, wasm) {
  const library = wasm.prebuilt || hasCompiledLibrary() ? "" : " and Rust's standard library";
  const line = `build: compiling the crate${library} to wasm, ${part.feature} part`;
  const advice = "The crate does not compile for wasm";
  if (wasm.prebuilt) return step(line, () => must(...cargoCall(part, wasm, advice))).then(() => wasm);
  const [cargo, args, , options] = cargoCall(part, wasm, advice);
  const { code } = await step(line, () => run(cargo, args, options));
  if (code === 0) return wasm;
  // If the library has compiled, the error is in the crate.
  if (hasCompiledLibrary())
    throw new Failure(`${advice} (cargo exited with code ${code}; its output is above)`);
  return compile(part, await readyMadeTarget("it could not be compiled from source"));
}

function cargoCall({ feature }, { cargo, args, env, flags }, advice) {
  const locked = process.env.CI ? ["--locked"] : [];
  const part = ["--no-default-features", "--features", `bindings,${feature}`];
  const library = ["--package", "viewcomfy-wasm", "--lib", "--crate-type", "cdylib"];
  const all = { CARGO_ENCODED_RUSTFLAGS: [...rustFlags(), ...flags].join("\x1f") };
  return [
    cargo,
    ["rustc", "--profile", PROFILE, ...library, ...part, ...locked, ...args],
    advice,
    { env: { ...env, ...all } },
  ];
}

function hasCompiledLibrary() {
  const compiled = join(root, dirname(COMPILED), "deps");
  return existsSync(compiled) && readdirSync(compiled).some((name) => /^libstd-.*\.rlib$/.test(name));
}

/** Flags for code that all browsers run and that does not contain the names of this machine's directories. */
function rustFlags() {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const own = (process.env.RUSTFLAGS ?? "").split(" ").filter(Boolean);
  return [
    ...own,
    `--remap-path-prefix=${join(home, "registry", "src")}=crates`,
    // SIMD decodes base64 ten times as fast; all browsers of recent years support it.
    "-Ctarget-feature=+simd128",
  ];
}

async function bind({ name }) {
  const args = ["run", "--quiet", "--package", "bindgen", "--", COMPILED, GLUE, name];
  await step("build: writing the JavaScript glue (tools/bindgen)", () =>
    must("cargo", args, "The JavaScript glue could not be written"),
  );
  for (const made of glueOf({ name })) copyFileSync(join(root, GLUE, basename(made)), join(root, made));
}

/**
 * No feature flags: wasm-opt then uses only the features that Rust recorded in the module, which all browsers support. No
 * data is in the first kilobyte, where the stack would end, so constants added to addresses may become offsets.
 */
const OPTIMISED = ["-Oz", "--low-memory-unused"];

async function optimise(part) {
  const wasmOpt = join("node_modules", "binaryen", "bin", "wasm-opt");
  const args = [wasmOpt, ...OPTIMISED, SHORTEN, join(GLUE, `${part.name}_bg.wasm`), "-o", wasmOf(part)];
  const { code, output } = await step("build: optimising the wasm (wasm-opt)", () =>
    run(process.execPath, args, { keep: true, quiet: true }),
  );
  if (code !== 0) throw new Failure("wasm-opt refused the module (its output is above)");
  const [glue] = glueOf(part).map((file) => join(root, file));
  writeFileSync(glue, withShortNames(readFileSync(glue, "utf8"), output));
}

/** One module per entry, including the glue. It finds its wasm by `new URL(…, import.meta.url)`. */
async function bundleWithGlue(part) {
  for (const [entry, source] of Object.entries(part.entries)) {
    const text = await bundle(entry, source);
    if (!text.includes("import.meta.url"))
      throw new Failure("The glue no longer has the address of the wasm (import.meta.url)");
  }
}

/** One module per entry, so that a page without a bundler sends one request instead of eleven. */
async function bundle(entry, source) {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [join("pkg", "src", source)],
    outfile: inPackage(entry),
    write: false,
    bundle: true,
    external: ["node:*", "react"],
    plugins: [siblings(KINDS[entry] ?? "web"), ownOf(KINDS[entry]), wasmAsText, wasmBeside, styleAsText],
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
  });
  const [{ path, text: minified }] = outputFiles;
  const text = minified.replace(IMPORT_BY_VARIABLE, "import(/* webpackIgnore: true *//* @vite-ignore */$1)");
  // An unchanged file is not written again, since a server may be reading it.
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  return text;
}

/** The package's own names become the files beside the entry, so each wasm is loaded once for all entries. */
function siblings(kind) {
  return {
    name: "siblings",
    setup(builder) {
      builder.onResolve({ filter: /^viewcomfy-wasm(\/|$)/ }, ({ path }) => ({
        path: SIBLINGS[path][kind],
        external: true,
      }));
    },
  };
}

/** What is different in workerd. */
function ownOf(kind) {
  return {
    name: "own-of-workerd",
    setup(builder) {
      if (kind !== "workerd") return;
      builder.onResolve({ filter: /\/route\/installed\.js$/ }, () => ({
        path: join(root, "pkg", "src", "route", "installed-workerd.js"),
      }));
    },
  };
}

/** `…wasm?inline` is the file itself, gzipped, as base64. */
const wasmAsText = {
  name: "wasm-as-text",
  setup(builder) {
    builder.onResolve({ filter: /\.wasm\?inline$/ }, ({ path }) => ({
      path: inPackage(basename(path, "?inline")),
      namespace: "inline",
    }));
    builder.onLoad({ filter: /./, namespace: "inline" }, ({ path }) => {
      const packed = gzipSync(readFileSync(join(root, path)), { level: 9 });
      return { contents: packed.toString("base64"), loader: "text" };
    });
  },
};

/** Any other `…wasm` stays an import of the file beside the entry. */
const wasmBeside = {
  name: "wasm-beside",
  setup(builder) {
    builder.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
  },
};

/** Imports a style sheet as minified text: the tags construct it, so that no page needs a file or a policy for it. */
const styleAsText = {
  name: "style-as-text",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { transform } = await import("esbuild");
      // Like the page's: what the oldest supported browsers understand.
      const target = ["chrome116", "firefox124", "safari17.4"];
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target });
      return { contents: code, loader: "text" };
    });
  },
};

if (isMain(import.meta.url)) {
  await main(async () => {
    await build();
    printSizes();
  });
}
