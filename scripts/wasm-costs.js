// Says what a wasm's bytes are spent on, per crate or module: `node scripts/wasm-costs.js [depth] [wasm|inspect]`.
// Reads the module that the last build left in target/glue, optimised as the package's is, with names.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { main, must, root, say } from "./run.js";
import { readModule } from "./wasm-module.js";

const NAMED = join("target", "glue", `viewcomfy_${process.argv[3] ?? "wasm"}_bg.wasm`);
const ROWS = 30;

await main(async () => {
  const depth = Number(process.argv[2] ?? 1);
  const bytes = await optimiseWithNames();
  const costs = new Map();
  const add = (name, size) => costs.set(name, (costs.get(name) ?? 0) + size);
  const { functions, other } = readModule(bytes);
  for (const { name, size } of functions) add(groupOf(name, depth), size);
  for (const [name, size] of other) add(name, size);
  const rows = [...costs].sort(([, a], [, b]) => b - a);
  for (const [name, size] of rows.slice(0, ROWS)) say(`${String(size).padStart(9)}  ${name}`);
  const rest = rows.slice(ROWS).reduce((sum, [, size]) => sum + size, 0);
  say(
    `${String(rest).padStart(9)}  (the rest)\n${String(bytes.length).padStart(9)}  raw bytes, names among them`,
  );
});

async function optimiseWithNames() {
  const directory = mkdtempSync(join(tmpdir(), "wasm-costs-"));
  const output = join(directory, "named.wasm");
  try {
    const wasmOpt = join("node_modules", "binaryen", "bin", "wasm-opt");
    const args = [wasmOpt, "-Oz", "--debuginfo", NAMED, "-o", output];
    await must(process.execPath, args, 'Run "npm run build" first', { cwd: root });
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The crate (and modules, up to `depth`) that a function's name begins with; `<T as Trait>::f` counts for T. */
function groupOf(name, depth) {
  const plain = name.replace(/\[[0-9a-f]{1,16}\]/g, "");
  const path = plain.replace(/^[<&*([]+(?:mut |dyn )?/, "").split(/[<>, ([]/)[0];
  return path.split("::").slice(0, depth).join("::") || name;
}
