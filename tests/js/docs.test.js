// The documentation's site: it builds without a warning, each fault of it would be found, and each guide has its test.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { warningsIn } from "../../scripts/docs.js";
import { findFaults } from "../../scripts/docs-pages.js";
import { search } from "../support/docs-search.js";
import { blocksOf, guideNames } from "../support/guide-blocks.js";
import { NOT_RUN } from "../support/guide-not-run.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const ENTRIES = [
  "",
  "/inspect",
  "/proxy",
  "/proxy/node",
  "/cloud",
  "/comfyui",
  "/react",
  "/element",
  "/compat",
  "/inline",
];

test("npm run docs builds the site without a warning", { timeout: 900_000 }, () => {
  const script = join(root, "scripts", "docs.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  const pages = [
    "index",
    ...guideNames().map((name) => `guide/${name}`),
    ...ENTRIES.map((entry) => `reference/viewcomfy-wasm${entry}`),
  ];
  for (const page of pages) {
    const file = join(root, "docs", "site", ".vitepress", "dist", `${page}.html`);
    assert.ok(existsSync(file), page);
    assert.match(readFileSync(file, "utf8"), /<h1/, page);
  }
});

/** What a user would type, and the guides of which one has to be the first that is found. */
const SEARCHED = {
  seed: ["parameters", "concepts"],
  mask: ["parameters"],
  upload: ["parameters", "troubleshooting", "comfyui"],
  progress: ["progress"],
  cancel: ["cancel"],
  timeout: ["cancel", "troubleshooting", "errors"],
  CORS: ["outputs", "proxy", "troubleshooting"],
  object_info: ["concepts", "inspect", "parameters"],
  lora: ["inspect"],
  proxy: ["proxy"],
  "next.js": ["proxy", "react", "troubleshooting"],
  "cold start": ["concepts", "troubleshooting", "progress"],
};

test("the site's search finds what users type", async () => {
  const found = await search(Object.keys(SEARCHED));
  for (const [term, wanted] of Object.entries(SEARCHED)) {
    const guides = found[term].flatMap((id) => /\/guide\/([\w-]+)/.exec(id)?.[1] ?? []);
    assert.ok(wanted.includes(guides[0]), `${term}: ${found[term].slice(0, 5).join(", ")}`);
  }
});

test("what a tool warns of is noticed", () => {
  const output = [
    '[warning] Failed to resolve link to "Nothing" in comment for init',
    "(!) Some chunks are larger than 500 kB after minification.",
    "The language 'jsonn' is not loaded, falling back to 'txt' for syntax highlighting. [warn]",
    "build complete in 5.10s.",
  ];
  assert.deepEqual(warningsIn(output.join("\n")), output.slice(0, 3));
});

test("faults of built pages are found", () => {
  const folder = mkdtempSync(join(tmpdir(), "docs-pages-"));
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write(
    "index.html",
    '<h1 id="top">x</h1><a href="/other#there">1</a><a href="#top">2</a><a href="/#top">3</a>',
  );
  write("other.html", '<h2 id="there">x</h2><a href="https://elsewhere.example/#a">fine</a>');
  assert.deepEqual(findFaults(folder), []);

  write("dead.html", '<a href="/other#gone">1</a><a href="/nowhere#x">2</a><a href="#gone">3</a>');
  write(
    "file.html",
    '<a href="/other">1</a><a href="style.css">2</a><a href="benches/gone.json">3</a><a href="/lost">4</a>',
  );
  write(
    "loads.html",
    '<script src="https://cdn.example/a.js"></script><p>Code snippet path not found: a.js</p>',
  );
  write("style.css", '@import "//fonts.example/a.css"; a { background: url(data:x) }');
  const faults = findFaults(folder);
  rmSync(folder, { recursive: true });
  const expected = [
    "/other#gone",
    "/nowhere#x",
    "#gone",
    "benches/gone.json",
    "/lost, which does not exist",
    "snippet path not found",
    "cdn.example",
    "fonts.example",
  ];
  assert.equal(faults.length, expected.length, faults.join("\n"));
  for (const part of expected)
    assert.ok(
      faults.some((fault) => fault.includes(part)),
      part,
    );
});

test("each guide is in the navigation, and has a test that runs it", () => {
  const navigation = readFileSync(join(root, "docs", "site", ".vitepress", "config.js"), "utf8");
  for (const name of guideNames()) {
    assert.ok(navigation.includes(`"/guide/${name}"`), `${name} is in the sidebar`);
    if (blocksOf(name).length === 0) continue; // Tables alone: there is nothing to run.
    const path = join(root, "tests", "js", "guides", `${name}.test.js`);
    assert.ok(existsSync(path), `${name} has a test`);
    const text = readFileSync(path, "utf8");
    assert.ok(
      text.includes(`openGuide("${name}"`) && text.includes("lastTest()"),
      `${name}'s test runs the guide`,
    );
  }
});

test("what is not run has a reason", () => {
  for (const [block, reason] of Object.entries(NOT_RUN)) assert.ok(reason.length > 20, block);
});
