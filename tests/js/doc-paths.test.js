// Paths that the project's texts name are there: every one in ARCHITECTURE.md, those of this repository elsewhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.js";

const read = (name) => readFileSync(join(root, name), "utf8");
const GUIDES = join("docs", "site", "guide");
const guides = readdirSync(join(root, GUIDES)).filter((name) => name.endsWith(".md"));
const OTHERS = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/contracts.md",
  "pkg/README.md",
  "tests/packaging/README.md",
  ...guides.map((name) => posix.join("docs/site/guide", name)),
];

/** How the project is built, whose every path is held. */
const STRUCTURE = ["ARCHITECTURE.md", "docs/decisions.md", "docs/trials.md", "docs/walks.md"];
const structure = STRUCTURE.map(read);

const published = JSON.parse(read("pkg/package.json"));
const files = [...filesInGit(), ...published.files.map((name) => `pkg/${name}`)];
/** What can be imported, which is not a path of the repository. */
const entries = Object.keys(published.exports).map((entry) => posix.join(published.name, entry));
const tops = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));

function filesInGit() {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const { stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return stdout.split("\n").filter(Boolean);
}

/** What stands between backticks, code blocks left out. */
function codeSpans(text) {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
}

/** Where links within the repository lead to, without their anchors. */
function linksIn(name) {
  const targets = [...read(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target.split("#")[0]);
  const own = targets.filter((target) => target && !/^[a-z]+:/.test(target));
  return own.map((target) => posix.join(posix.dirname(name), target));
}

/** A path in full, a directory, one with `*`, or the end of a path, as in `wasm/call.rs`. */
function isThere(path) {
  const name = path.replace(/^\.\//, "").replace(/\/$/, "");
  const pattern = name.replace(/[.+]/g, "\\$&").replaceAll("*", "[^/]*");
  const place = new RegExp(`(?:^|/)${pattern}(?:$|/)`);
  return files.some((file) => place.test(file));
}

/** True of a name of this repository's: with a slash, or with the ending of a source file. */
function isPath(code) {
  if (!/^[\w.*/-]+$/.test(code) || entries.includes(code)) return false;
  return code.includes("/") || /\.(?:js|ts|rs|json|toml|md|py)$/.test(code);
}

/** `room::module` or `room::item`, of the crate. */
const RUST_PATH = /^([a-z_0-9]+)::(?:[a-z_0-9]+::)*(\w+)$/;

function isInCrate(code) {
  const [, room, last] = RUST_PATH.exec(code) ?? [];
  const inRoom = files.filter((file) =>
    new RegExp(`^(?:src|kernels/src)/(?:\\w+/)*${room}(?:/.*)?(?:\\.rs|/mod\\.rs)?$`).test(file),
  );
  if (inRoom.some((file) => new RegExp(`/${last}(?:\\.rs|/)`).test(file))) return true;
  const item = new RegExp(`\\b(?:fn|struct|enum|trait|type|const|mod|macro_rules!) ${last}\\b`);
  return inRoom.some((file) => item.test(read(file)));
}

test("ARCHITECTURE.md and its fuller pages name paths that are there", () => {
  const paths = structure.flatMap(codeSpans).filter(isPath);
  assert.ok(paths.length > 100, `only ${paths.length} paths were found`);
  assert.deepEqual(
    paths.filter((path) => !isThere(path)),
    [],
  );
});

test("they name modules and items of the crate that are there", () => {
  const paths = structure.flatMap(codeSpans).filter((code) => RUST_PATH.test(code));
  assert.ok(paths.length > 5, `only ${paths.length} were found`);
  assert.deepEqual(
    paths.filter((path) => !isInCrate(path)),
    [],
  );
});

for (const name of OTHERS) {
  test(`${name} names paths that are there`, () => {
    const paths = codeSpans(read(name)).filter((code) => isPath(code) && tops.has(code.split("/")[0]));
    assert.deepEqual(
      paths.filter((path) => !isThere(path)),
      [],
    );
  });
}

test("links within the repository lead to files", () => {
  const links = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/contracts.md",
    ...STRUCTURE,
    "tests/packaging/README.md",
  ].flatMap(linksIn);
  assert.ok(links.length > 5, `only ${links.length} links were found`);
  assert.deepEqual(
    links.filter((path) => !isThere(path)),
    [],
  );
});

test("a path that is not there is noticed", () => {
  for (const path of ["src/nowhere.rs", "ase64.rs", "pkg/*.nothing", "src/jso"])
    assert.ok(!isThere(path), path);
  assert.ok(!isInCrate("json::nothing"));
});
