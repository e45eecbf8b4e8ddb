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

/** The names that a bundled entry exports itself, and the files of which it exports all. */
function exportsOf(entry) {
  const file = ts.createSourceFile(entry, readFileSync(new URL(entry, pkg), "utf8"), ts.ScriptTarget.ES2023);
  const declarations = file.statements.filter(ts.isExportDeclaration);
  const named = declarations.flatMap(({ exportClause }) =>
    exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [],
  );
  const all = declarations
    .filter(({ exportClause }) => !exportClause)
    .map(({ moduleSpecifier }) => moduleSpecifier.text);
  return { named: named.sort(), all };
}

// Node cannot import a wasm, so these are read; tests/packaging runs them in workerd.
test("the entries for workerd export what the others do", () => {
  assert.deepEqual(exportsOf("workerd.js"), { named: ["ViewComfyClient", "default"], all: ["./index.js"] });
  assert.deepEqual(exportsOf("inspect-workerd.js"), { named: ["default"], all: ["./inspect.js"] });
  assert.deepEqual(exportsOf("compat-workerd.js"), exportsOf("compat.js"));
});
