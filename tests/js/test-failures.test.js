// The end of `npm test` names what failed: scripts/failures.js reads it from what each runner wrote.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { failuresInCargo, failuresInPlaywright, failuresInTap } from "../../scripts/failures.js";

test("cargo's failed tests, and not the list it repeats behind them", () => {
  const output = [
    "test keys::nearest ... ok",
    "test keys::far ... FAILED",
    "test keys::panics - should panic ... FAILED",
    "failures:",
    "    keys::far",
    "test result: FAILED. 1 passed; 2 failed; 0 ignored;",
  ].join("\n");
  assert.deepEqual(failuresInCargo(output), ["keys::far", "keys::panics"]);
});

test("Node's own report: tests, and not the suites around them", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "failures-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "some.test.js");
  writeFileSync(
    file,
    `const { describe, test } = require("node:test");
     describe("suite", () => {
       test("good", () => {});
       test("bad inside", () => { throw new Error("no"); });
       test("good again", () => {});
     });
     test("bad at the end", () => { throw new Error("no"); });`,
  );
  const environment = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", file], {
    encoding: "utf8",
    env: environment,
  });
  assert.deepEqual(failuresInTap(stdout), ["bad inside", "bad at the end"]);
});

test("Playwright's report: place, title and what was thrown", () => {
  const spec = (status, title) => ({
    file: "page.spec.js",
    line: 7,
    title,
    tests: [
      { status, results: [{ errors: [{ message: "Error: \u001b[31mnot seen\u001b[39m\n  at line" }] }] },
    ],
  });
  const report = {
    suites: [
      { suites: [{ specs: [spec("unexpected", "a card opens")] }], specs: [spec("expected", "fine")] },
    ],
    errors: [{ message: "no browser\nat all" }],
  };
  assert.deepEqual(failuresInPlaywright(JSON.stringify(report)), [
    "page.spec.js:7 a card opens: Error: not seen",
    "no browser",
  ]);
});
