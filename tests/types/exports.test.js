// The entries export exactly the values that their declarations announce: nothing missing, nothing unannounced.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const pkg = new URL("../../pkg/", import.meta.url);

/** The names that can be used as values, "default" among them; types and interfaces are left out. */
function declaredValues(declarations) {
  const path = fileURLToPath(new URL(declarations, pkg));
  const program = ts.createProgram([path], { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  const values = checker.getExportsOfModule(module).filter((symbol) => isValue(checker, symbol));
  return values.map((symbol) => symbol.name).sort();
}

function isValue(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}

const { exports: entries } = JSON.parse(readFileSync(new URL("package.json", pkg), "utf8"));
const imports = Object.values(entries).flatMap(({ types, workerd, ...files }) =>
  types ? [...new Set(Object.values(files))].map((file) => [file, types]) : [],
);

for (const [entry, declarations] of imports) {
  test(`${entry} exports what ${declarations} declares`, async () => {
    const exported = Object.keys(await import(new URL(entry, pkg).href)).sort();
    assert.deepEqual(exported, declaredValues(declarations));
  });
}

// Node cannot import a wasm; these re-export the entry beside them, and tests/packaging runs them in workerd.
test("the entries for workerd re-export all of the entry beside them", () => {
  for (const [entry, beside] of [
    ["workerd.js", "./index.js"],
    ["inspect-workerd.js", "./inspect.js"],
  ]) {
    const text = readFileSync(new URL(entry, pkg), "utf8");
    assert.ok(text.includes(`export*from"${beside}"`), text);
    assert.match(text, /export\{[^}]*\w+ as default\}/);
  }
});
