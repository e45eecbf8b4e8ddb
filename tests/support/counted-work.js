// Counts what the package's wasm does: a copy of it is instrumented by Binaryen to tell of each function that is entered or
// left and of each turn of a loop, with copies of memory made loops too. The count is the same on every machine.

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
    const [[from, known]] = Object.entries(imports);
    const log_execution = () => {
      work += 1;
    };
    return instantiate.call(WebAssembly, module, { [from]: { ...known, log_execution } });
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
  const passes = ["--llvm-memory-copy-fill-lowering", "--log-execution"];
  try {
    execFileSync(process.execPath, [tool, ...passes, path, "-o", output]);
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** How much is done by `run`. What it throws counts, too. */
export async function countWork(run) {
  const before = work;
  await run();
  return work - before;
}
