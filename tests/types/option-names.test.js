// The options that each call knows are those that its declaration has: the two lists cannot drift apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import * as cloud from "../../pkg/src/cloud/option-names.js";
import * as comfyui from "../../pkg/src/comfyui/option-names.js";
import * as inspect from "../../pkg/src/inspect/option-names.js";
import * as client from "../../pkg/src/option-names.js";
import * as proxy from "../../pkg/src/proxy/option-names.js";
import * as react from "../../pkg/src/react/option-names.js";

const LISTS = {
  "cloud.d.ts": cloud,
  "comfyui.d.ts": comfyui,
  "index.d.ts": client,
  "inspect.d.ts": inspect,
  "proxy.d.ts": proxy,
  "react.d.ts": react,
};

const files = Object.keys(LISTS).map((name) => fileURLToPath(new URL(`../../pkg/${name}`, import.meta.url)));
const program = ts.createProgram(files, { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext });
const checker = program.getTypeChecker();

function exportsOf(name) {
  const source = program.getSourceFile(files[Object.keys(LISTS).indexOf(name)]);
  return checker.getExportsOfModule(checker.getSymbolAtLocation(source));
}

function propertiesOf(symbol) {
  return checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .map(({ name }) => name)
    .sort();
}

for (const [name, lists] of Object.entries(LISTS)) {
  for (const [type, options] of Object.entries(lists)) {
    test(`${type} of ${name}`, () => {
      const declared = exportsOf(name).find((symbol) => symbol.name === type);
      assert.ok(declared, `${name} declares no ${type}`);
      assert.deepEqual([...options].sort(), propertiesOf(declared));
      assert.equal(new Set(options).size, options.length, "each once");
    });
  }
}

/** Names in the types of all parameters that are called options or request. */
function optionTypesOf(name) {
  const types = new Set();
  const visit = (node) => {
    if (
      ts.isParameter(node) &&
      node.type &&
      ts.isIdentifier(node.name) &&
      /^(options|request)$/.test(node.name.text)
    ) {
      for (const word of node.type.getText().match(/[A-Z]\w+/g) ?? []) types.add(word);
    }
    ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile(files[Object.keys(LISTS).indexOf(name)]));
  // The web's own, which is what handlers of the proxy take.
  types.delete("Request");
  return [...types].filter((type) => type.length > 1);
}

test("every options object that a call declares has a list", () => {
  const listed = new Set(Object.values(LISTS).flatMap((lists) => Object.keys(lists)));
  for (const name of Object.keys(LISTS)) {
    const types = optionTypesOf(name);
    assert.ok(types.length > 0, name);
    for (const type of types) assert.ok(listed.has(type), `${type} of ${name}`);
  }
});
