// Counts what the package's wasm does: a copy of it is instrumented by Binaryen to tell of each function that is entered or
// left and of each turn of a loop, in the inspection's also of each byte that is
// copied (Binaryen cannot take copies apart where tables are filled, as in the client's). The count is the same everywhere.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

let work = 0;

/** Loads a counting copy of one of the package's wasm files with the `init` of its entry. */
export async function initCounted(init, file) {
  const bytes = instrumented(join(root, "pkg", file));
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
  try {
    await init(bytes);
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

function instrumented(path) {
  const directory = mkdtempSync(join(tmpdir(), "counted-"));
  const output = join(directory, "counted.wasm");
  const tool = join(root, "node_modules", "binaryen", "bin", "wasm-opt");
  const copies = path.endsWith("viewcomfy_inspect_bg.wasm") ? ["--llvm-memory-copy-fill-lowering"] : [];
  const passes = [...copies, "--log-execution"];
  try {
    execFileSync(process.execPath, [tool, ...passes, path, "-o", output]);
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** How often a growth that is too large is measured. */
const ROUNDS = 4;

/**
 * How the work grows from one input to another. What lies free in the memory decides how often a growing text is moved, so
 * where it seems to grow too much, it is measured again, and the least counts.
 *
 * @template T
 * @param {[T, T]} inputs
 * @param {number} most the growth that is not too large
 * @param {(input: T) => unknown} run what it throws counts, too
 */
export async function growthOf(inputs, most, run) {
  const works = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS && (round === 0 || works[1] > most * works[0]); round += 1) {
    for (const [at, input] of inputs.entries())
      works[at] = Math.min(works[at], await countWork(() => run(input)));
  }
  return { works, growth: works[1] / works[0] };
}

async function countWork(run) {
  const before = work;
  await run();
  return work - before;
}
