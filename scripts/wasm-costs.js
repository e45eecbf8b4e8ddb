// Prints what the bytes of a wasm file are spent on, by crate or module: `node scripts/wasm-costs.js [depth] [wasm|inspect]`.
// wasm-opt measures the module that the last build left in target/glue, optimised like the package's but with names.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { Failure, main, root, say } from "./run.js";

const NAMED = join("target", "glue", `viewcomfy_${process.argv[3] ?? "wasm"}_bg.wasm`);
const MAX_ROWS = 30;
/** Matches the beginning of a function's figures, or the module's own. */
const HEADING = /^(?:func: (.+)|global)$/;
const FIGURE = /^ \[(binary-bytes|memory-data)\] *: (\d+)/;

await main(() => {
  const depth = Number(process.argv[2] ?? 1);
  const costs = new Map();
  for (const { name, size } of readMetrics(measure())) {
    const group = name === null ? "(data)" : groupOf(name, depth);
    costs.set(group, (costs.get(group) ?? 0) + size);
  }
  const rows = [...costs].sort(([, a], [, b]) => b - a);
  for (const [name, size] of rows.slice(0, MAX_ROWS)) say(`${String(size).padStart(9)}  ${name}`);
  const total = (some) => String(some.reduce((sum, [, size]) => sum + size, 0)).padStart(9);
  say(`${total(rows.slice(MAX_ROWS))}  (the rest)\n${total(rows)}  functions and data`);
});

function measure() {
  const wasmOpt = join("node_modules", "binaryen", "bin", "wasm-opt");
  const args = [wasmOpt, "-Oz", "--debuginfo", "--func-metrics", NAMED];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Failure('wasm-opt could not read the module. Run "npm run build" first');
  return stdout;
}

/** The bytes of each function, and of the module's data under the name null. */
function* readMetrics(text) {
  let name = null;
  for (const line of text.split("\n")) {
    const heading = HEADING.exec(line);
    if (heading) name = heading[1] ?? null;
    const figure = FIGURE.exec(line);
    if (figure) yield { name, size: Number(figure[2]) };
  }
}

/** The crate (and modules, up to `depth`) that a function's name begins with; `<T as Trait>::f` counts for T. */
function groupOf(name, depth) {
  const plain = name.replace(/\[[0-9a-f]{1,16}\]/g, "");
  const path = plain.replace(/^[<&*([]+(?:mut |dyn )?/, "").split(/[<>, ([]/)[0];
  return path.split("::").slice(0, depth).join("::") || name;
}
