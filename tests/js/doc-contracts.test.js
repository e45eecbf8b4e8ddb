// docs/contracts.md names every contract: each test of tests/host/contract, and each list that both languages know.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.js";

const TESTS = join(root, "tests/host/contract");
/** An enum made by `names!`, whose first name is given. */
const LIST = /pub enum (\w+) \{\n(?:[ ]{8}\/\/\/[^\n]*\n)*[ ]{8}\w+ = "/g;
const document = readFileSync(join(root, "docs/contracts.md"), "utf8");
const rows = document.split("\n").filter((line) => line.startsWith("| "));

test("the list of contracts names each contract test, and no other", () => {
  const named = rows.map((row) => row.split("|").at(-2).trim()).filter((cell) => cell.startsWith("`"));
  assert.deepEqual(named.map((cell) => cell.replaceAll("`", "")).sort(), contractTests().sort());
});

test("the list of contracts names the home of each list that Rust has for both languages", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const homes = sources
    .filter((name) => name.endsWith(".rs"))
    .map((name) => join("src", name))
    .flatMap((file) => {
      const lists = readFileSync(join(root, file), "utf8").matchAll(LIST);
      return [...lists].map(([, name]) => ({ name, file: file.replaceAll("\\", "/") }));
    });
  assert.ok(homes.length > 10, `only ${homes.length} lists were seen`);
  for (const { name, file } of homes) {
    const isNamed = rows.some((row) => row.includes(`\`${name}\``) && row.includes(file));
    assert.ok(isNamed, `docs/contracts.md has no row for ${name} of ${file}`);
  }
});

function contractTests() {
  return readdirSync(TESTS).flatMap((file) => {
    const text = readFileSync(join(TESTS, file), "utf8");
    // One that is ignored writes what another compares.
    const names = text.split("#[test]\nfn ").slice(1);
    return names.map((name) => `${basename(file, ".rs")}::${name.slice(0, name.indexOf("("))}`);
  });
}
