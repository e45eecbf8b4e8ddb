// What this machine cannot do is said in one line. A compiler that refuses unstable flags gets the ready-made standard library; a
// browser that cannot be had leaves its tests out.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";

import { isDebianRoot } from "../../scripts/debian.js";
import { ask, root } from "../../scripts/run.js";

const directory = mkdtempSync(join(tmpdir(), "setup-"));
after(() => rmSync(directory, { recursive: true }));

const SETUP = `
  import { ensureWasmTarget } from ${JSON.stringify(join(root, "scripts", "setup.js"))};
  console.log(JSON.stringify(await ensureWasmTarget()));`;

const SAYS = /^setup: using the prebuilt standard library of Rust, because this compiler refuses the flags/;

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

const ENGINE = `
  import { ensureEngine } from ${JSON.stringify(join(root, "scripts", "other-engines.js"))};
  console.log(JSON.stringify(await ensureEngine(process.argv[1])));`;

/** What setup makes of an engine on a machine with these programs and no others. */
function engineOn(name, programs = {}, variables = {}) {
  const machine = mkdtempSync(join(directory, "machine-"));
  for (const [program, text] of Object.entries(programs)) script(join(machine, program), text);
  const env = { PATH: machine, MACHINE: machine, ...variables };
  const args = ["--input-type=module", "-e", ENGINE, "--", name];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  return {
    status,
    stderr,
    said: lines.slice(0, -1),
    missing: status === 0 ? JSON.parse(lines.at(-1)) : null,
  };
}

const notWindows = { skip: process.platform === "win32" };
const debianRoot = { skip: !isDebianRoot() && "only root on Debian may install" };

for (const [name, packages] of [
  ["firefox", "firefox-esr"],
  ["webkit", "webkit2gtk-driver and xvfb"],
]) {
  test(`${name}: where it cannot be had, that is said, and is no failure`, notWindows, () => {
    const { status, said, missing, stderr } = engineOn(name);
    assert.equal(status, 0, stderr);
    assert.match(missing, new RegExp(`^is not on this machine and could not be installed: .*${packages}`));
    assert.equal(said.length, 1);
    assert.match(said[0], /Its tests are skipped\.$/);
  });

  test(`${name}: where its packages cannot be installed, that is said too`, debianRoot, () => {
    const fails = 'case "$1" in --version) exit 0;; esac; exit 100';
    const { status, said, missing, stderr } = engineOn(name, { "apt-get": fails });
    assert.equal(status, 0, stderr);
    assert.match(missing, /could not be installed/);
    assert.match(said.join("\n"), /apt-get exited with code 100.*Its tests are skipped\.$/s);
  });
}

test("firefox: what was installed is found", debianRoot, () => {
  const installs = 'case "$1" in install) echo "#!/bin/sh" > "$MACHINE/firefox-esr"; echo "$@" >&2;; esac';
  const { missing, stderr } = engineOn("firefox", { "apt-get": installs });
  assert.equal(missing, null);
  assert.match(stderr, /^install .*--no-install-recommends firefox-esr/m);
});

test("webkit: each of its parts has to be there", notWindows, () => {
  const parts = { WebKitWebDriver: "exit 0", Xvfb: "exit 0" };
  const miniBrowser = { VIEWCOMFY_MINIBROWSER: process.execPath };
  assert.equal(engineOn("webkit", parts, miniBrowser).missing, null);
  for (const part of Object.keys(parts)) {
    const { [part]: _, ...others } = parts;
    assert.match(engineOn("webkit", others, miniBrowser).missing, /is not on this machine/, part);
  }
});

test("a browser that a variable names and that is not there is a failure", notWindows, () => {
  const { status, stderr } = engineOn("firefox", {}, { VIEWCOMFY_FIREFOX: "/nowhere/firefox" });
  assert.notEqual(status, 0);
  assert.match(stderr, /VIEWCOMFY_FIREFOX names \/nowhere\/firefox, which does not exist/);
});
