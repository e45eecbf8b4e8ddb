// A compiler that refuses unstable flags is not in the way of a build: the ready-made standard library is taken, and one
// line says so.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";

import { ask, root } from "../../scripts/run.js";

const directory = mkdtempSync(join(tmpdir(), "setup-"));
after(() => rmSync(directory, { recursive: true }));

const SETUP = `
  import { ensureWasmTarget } from ${JSON.stringify(join(root, "scripts", "setup.js"))};
  console.log(JSON.stringify(await ensureWasmTarget()));`;

const SAYS = /^setup: Rust's standard library comes ready-made, because this compiler refuses the flags/;

/** A rustc that refuses what a stable compiler refuses when nobody asks it to do otherwise, and a rustup that adds nothing. */
function refusingTools() {
  const rustc = join(directory, "rustc");
  const real = join(ask("rustc", ["--print", "sysroot"]), "bin", "rustc");
  const library = join(directory, "library");
  script(
    rustc,
    `case " $* " in
       *" -Z"*) echo "error: the option \\\`Z\\\` is only accepted on the nightly compiler" >&2; exit 1;;
       *" target-libdir "*) mkdir -p "${library}"; echo "${library}";;
       *) exec "${real}" "$@";;
     esac`,
  );
  script(join(directory, "rustup"), "exit 1");
  return { RUSTC: rustc, PATH: `${directory}${delimiter}${process.env.PATH}` };
}

function script(path, text) {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

test("a compiler that refuses unstable flags gets none", { skip: process.platform === "win32" }, () => {
  const env = { ...process.env, ...refusingTools() };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", SETUP], {
    env,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  const lines = stdout.trim().split("\n");
  assert.equal(lines.filter((line) => SAYS.test(line)).length, 1, stdout);
  const { args, flags, env: extra, prebuilt } = JSON.parse(lines.at(-1));
  assert.deepEqual(
    { args, flags, extra, prebuilt },
    {
      args: ["--target", "wasm32-unknown-unknown"],
      flags: [],
      extra: {},
      prebuilt: true,
    },
  );
});
