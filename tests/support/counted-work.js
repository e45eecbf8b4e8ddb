// Counts what the package's wasm does: a copy of it is instrumented by Binaryen to tell of each function that is entered or
// left and of each turn of a loop, in all but the client's also of each byte that is copied (Binaryen cannot take copies apart
// where tables are filled, as in that). The count is the same everywhere.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

let work = 0;

/**
 * Loads a counting copy of one of the package's wasm files with the `init` of its entry, and gives it copies of those that it
 * loads later, by the names of its options. From then on this process loads such copies only.
 *
 * @param {(input: any, options?: any) => Promise<void>} init
 * @param {string} file
 * @param {Record<string, string>} [later]
 */
export async function initCounted(init, file, later = {}) {
  const copyOf = (name) => instrumented(join(root, "pkg", name));
  const { instantiate } = WebAssembly;
  // The copy wants one import more than the package's glue knows of.
  WebAssembly.instantiate = (module, imports) => {
    const log_execution = () => {
      work += 1;
    };
    const withCounter = ([from, known]) => [from, { ...known, log_execution }];
    return instantiate.call(
      WebAssembly,
      module,
      Object.fromEntries(Object.entries(imports).map(withCounter)),
    );
  };
  const others = Object.entries(later).map(([option, name]) => [option, copyOf(name)]);
  await (others.length > 0 ? init(copyOf(file), Object.fromEntries(others)) : init(copyOf(file)));
}

function instrumented(path) {
  const directory = mkdtempSync(join(tmpdir(), "counted-"));
  const output = join(directory, "counted.wasm");
  const tool = join(root, "node_modules", "binaryen", "bin", "wasm-opt");
  const copies = path.endsWith("viewcomfy_wasm_bg.wasm") ? [] : ["--llvm-memory-copy-fill-lowering"];
  const passes = [...copies, "--log-execution"];
  try {
    execFileSync(process.execPath, [tool, ...passes, path, "-o", output]);
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * How the work grows each time there is twice as much. A growing text is moved where the free memory behind it is too small,
 * and each byte of that counts, once at most: where the work seems to grow too much from so many to twice as many, it is
 * followed to four times as many, and the growth is what both steps have on average.
 *
 * @template T
 * @param {number} count
 * @param {(count: number) => T} make
 * @param {number} most the growth that is not too large
 * @param {(input: T) => unknown} run what it throws counts, too
 * @returns {Promise<{ works: number[], growth: number }>} what was counted for once, twice and perhaps four times as many
 */
export async function growthOf(count, make, most, run) {
  const countFor = (times) => countWork(run, make(times * count));
  const works = [await countFor(1), await countFor(2)];
  const growth = works[1] / works[0];
  if (growth <= most) return { works, growth };
  works.push(await countFor(4));
  return { works, growth: Math.sqrt(works[2] / works[0]) };
}

/** Counts what a run does. */
export async function countWork(run, input) {
  const before = work;
  await run(input);
  return work - before;
}
