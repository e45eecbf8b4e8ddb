// What is in the tarball, and what the checkers of packages say about it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { describe, test } from "node:test";

import { installedDirectory, tarball, toolPath } from "../../scripts/packaging.js";
import { root } from "../../scripts/run.js";
import { runToEnd } from "./support/processes.js";
import { readTable } from "./support/table.js";

const installed = join(installedDirectory, "node_modules", "viewcomfy-wasm");
/** Everything that is published, and nothing else is. */
const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "THIRD-PARTY-NOTICES.txt",
  "cli.js",
  "cloud-workerd.js",
  "cloud.d.ts",
  "cloud.js",
  "comfyui-node.js",
  "comfyui-server.js",
  "comfyui-workerd.js",
  "comfyui.d.ts",
  "comfyui.js",
  "compat-node.js",
  "compat-server.js",
  "compat-workerd.js",
  "compat.d.ts",
  "compat.js",
  "definitions-custom.NOTICE",
  "definitions-custom.json",
  "definitions.json",
  "element.d.ts",
  "element.js",
  "index.d.ts",
  "index.js",
  "inline-server.js",
  "inline.d.ts",
  "inline.js",
  "inspect-node.js",
  "inspect-workerd.js",
  "inspect.d.ts",
  "inspect.js",
  "node.js",
  "package.json",
  "proxy-node.d.ts",
  "proxy-node.js",
  "proxy.d.ts",
  "proxy.js",
  "react.d.ts",
  "react.js",
  "server.js",
  "viewcomfy_convert_bg.wasm",
  "viewcomfy_inspect_bg.wasm",
  "viewcomfy_wasm_bg.wasm",
  "workerd.js",
];
/** The page of `serve`; esbuild gives the parts that are loaded later a hash in their names. */
const PAGE = new RegExp(
  `^page/(?:${[
    ...["index\\.html", "icon\\.svg", "examples/(?:edit-image|text-to-image)\\.json"],
    "built/(?:main|layout-worker|theme-early|[a-z-]+-[A-Z0-9]{8})\\.js",
    "built/(?:page|later)\\.css",
  ].join("|")})$`,
);
/** What would tell of the machine that built it, or is of no use to whoever installs it. */
const UNWANTED = [root, ".cargo", "rustlib", "sourceMappingURL", "node:test"];
/** Unwanted with a name behind them. Bare, they are among the beginnings of paths that an inspection warns of. */
const HOMES = [`${homedir()}/`, "/home/"];
/** These are not modules, so there are no types to look for. */
const NO_MODULES = [
  "./viewcomfy_wasm_bg.wasm",
  "./viewcomfy_inspect_bg.wasm",
  "./viewcomfy_convert_bg.wasm",
  "./definitions.json",
  "./definitions-custom.json",
  "./package.json",
];

/** Paths of all files under a directory. */
function filesIn(directory) {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map(({ path, parentPath = path, name }) =>
    relative(directory, join(parentPath, name)).replaceAll("\\", "/"),
  );
}

describe("the tarball", () => {
  test("holds what a user needs and nothing else", () => {
    const files = filesIn(installed);
    assert.deepEqual(files.filter((file) => !file.startsWith("page/")).sort(), FILES);
    const page = files.filter((file) => file.startsWith("page/"));
    assert.deepEqual(
      page.filter((file) => !PAGE.test(file)),
      [],
    );
    for (const file of ["index.html", "built/main.js", "built/page.css", "built/layout-worker.js"])
      assert.ok(page.includes(`page/${file}`), file);
  });

  test("says nothing about where it was built", () => {
    for (const file of filesIn(installed)) {
      const content = readFileSync(join(installed, file), "latin1");
      for (const word of UNWANTED) assert.ok(!content.includes(word), `${file} has ${word} in it`);
      for (const home of HOMES) {
        const behind = content.split(home).slice(1);
        assert.ok(!behind.some((text) => /^[\w.-]/.test(text)), `${file} has a path in ${home} in it`);
      }
    }
  });

  test("runs nothing when it is installed, and brings nothing along", () => {
    const { scripts, dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    assert.deepEqual({ scripts, dependencies }, { scripts: undefined, dependencies: undefined });
  });

  test("is clean to publint", () => {
    return checked("publint/src/cli.js", ["run", tarball(), "--strict"]);
  });

  test("is clean to Are the types wrong?", () => {
    const args = [tarball(), "--profile", "esm-only", "--exclude-entrypoints", ...NO_MODULES];
    return checked("@arethetypeswrong/cli/dist/index.js", args);
  });
});

test("the table in README.md is that of the cells", async () => {
  const { present, right } = await readTable();
  assert.equal(present, right, 'run "node tests/packaging/support/table.js"');
});

function checked(tool, args) {
  return runToEnd(process.execPath, [toolPath(tool), ...args], { cwd: installedDirectory });
}
