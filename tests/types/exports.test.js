// The entries export exactly the values that their declarations announce: nothing missing, nothing unannounced.

import assert from "node:assert/strict";
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

for (const [entry, declarations] of [
  ["index.js", "index.d.ts"],
  ["node.js", "index.d.ts"],
  ["inspect.js", "inspect.d.ts"],
  ["inspect-node.js", "inspect.d.ts"],
]) {
  test(`pkg/${entry} exports what pkg/${declarations} declares`, async () => {
    const exported = Object.keys(await import(new URL(entry, pkg).href)).sort();
    assert.deepEqual(exported, declaredValues(declarations));
  });
}
