// The core's messages name neither the npm package nor a call or class of JavaScript's: that is done at the boundary, for
// each advice that the core really gives.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import * as looking from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { IN_JAVASCRIPT } from "../../pkg/src/errors.js";
import * as inspectOptions from "../../pkg/src/inspect/option-names.js";
import * as options from "../../pkg/src/option-names.js";
import { root } from "../../scripts/run.js";
import { assertFailure } from "../support/assert-failure.js";

before(() => Promise.all([init(), looking.default()]));

/** The core's sources without comments, texts that go over several lines joined. */
const core = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
  .filter((file) => file.name.endsWith(".rs"))
  .filter((file) => !join(file.parentPath, file.name).includes(join("src", "wasm")))
  .map((file) => ({ name: file.name, text: plain(readFileSync(join(file.parentPath, file.name), "utf8")) }));

function plain(source) {
  const joined = source.replaceAll(/\\\n\s*/g, "");
  return joined.replaceAll(/^\s*\/\/.*$/gm, "");
}

describe("each advice that is put into JavaScript's words is one of the core's", () => {
  for (const [advice] of Object.values(IN_JAVASCRIPT).flat()) {
    test(advice, () => assert.ok(core.some(({ text }) => text.includes(advice.trim()))));
  }
});

/** The npm package, and what only JavaScript or a browser has. */
const FOREIGN =
  /viewcomfy-wasm|\bnpm\b|\bPromise\b|\bBlob\b|\bAbortSignal\b|\bEventSource\b|\bUint8Array\b|object URL/;

test("no text of the core names a call, an option, a class or the package of JavaScript's", () => {
  const calls = [...Object.keys(lib), ...Object.keys(looking), "inferWithLogs"];
  const names = [...calls, ...Object.values({ ...options, ...inspectOptions }).flat()];
  const camel = [...new Set(names)].filter((name) => /^[a-z]+[A-Z]/.test(name));
  assert.ok(core.length > 50 && camel.length > 20);
  const texts = /"(?:[^"\\]|\\.)*"/g;
  for (const { name, text } of core) {
    for (const [literal] of text.split("#[cfg(test)]")[0].matchAll(texts)) {
      // A word alone is a key of a file or the name of a fact, not a message.
      if (!literal.includes(" ")) continue;
      const named = camel.filter((word) => new RegExp(`\\b${word}\\b`).test(literal));
      named.push(...(FOREIGN.exec(literal) ?? []));
      assert.deepEqual(named, [], `${name}: ${literal}`);
    }
  }
});

test("JavaScript's callers are told which call does it", async () => {
  const editor = '{"nodes":[],"links":[]}';
  await assertFailure(() => lib.flattenWorkflow(editor), "editor_workflow", { message: /toApiFormat/ });
  const given = () =>
    lib.applyParams('{"1":{"class_type":"A","inputs":{}}}', { "qqqqqqqqqqqqqqqq-inputs-zzzz": 1 });
  await assertFailure(given, "unknown_param", { message: /flattenWorkflow/ });
});
