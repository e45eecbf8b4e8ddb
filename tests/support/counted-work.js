// Counts the work of the package's wasm: Binaryen instruments a copy of it to report each function that is entered or left,
// each iteration of a loop and, except in the client's, each byte that is copied (Binaryen cannot lower copies in a module
// that fills tables, as the client's does). The count is the same everywhere.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

let work = 0;

/**
 * Loads an instrumented copy of one of the package's wasm files with the `init` of its entry, and passes it copies of those
 * that it loads later, by the names of its options. From then on this process loads only such copies.
 *
 * @param {(input: any, options?: any) => Promise<void>} init
 * @param {string} file
 * @param {Record<string, string>} [later]
 */
export async function initCounted(init, file, later = {}) {
  const copyOf = (name) => instrumented(join(root, "pkg", name));
  const { instantiate } = WebAssembly;
  // The copy needs one import that the package's glue does not have.
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
 * How the work grows each time the input doubles. A growing text is moved if the free memory after it is too small, and each
 * byte of that counts, at most once: if the work seems to grow too much when the input doubles, the input is doubled again,
 * and the growth is the average of both steps.
 *
 * @template T
 * @param {number} count
 * @param {(count: number) => T} make
 * @param {number} most the growth that is not too large
 * @param {(input: T) => unknown} run errors that it throws are ignored, their work counts
 * @returns {Promise<{ works: number[], growth: number }>} the counts for the input, twice the input and perhaps four times the input
 */
export async function growthOf(count, make, most, run) {
  const countFor = (times) => countWork(run, make(times * count));
  const works = [await countFor(1), await countFor(2)];
  const growth = works[1] / works[0];
  if (growth <= most) return { works, growth };
  works.push(await countFor(4));
  return { works, growth: Math.sqrt(works[2] / works[0]) };
}

/** Counts the work of a run. */
export async function countWork(run, input) {
  const before = work;
  await run(input);
  return work - before;
}
