// The guides that are tables alone: every call is named, and there is nothing to run.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as inspect from "../../../pkg/inspect-node.js";
import * as main from "../../../pkg/node.js";
import { blocksOf } from "../../support/guide-blocks.js";

const text = readFileSync(new URL("../../../docs/site/guide/calls.md", import.meta.url), "utf8");
/** Told by the guide on errors, and made by nobody but the package. */
const ERRORS = ["ViewComfyError", "isViewComfyError"];

for (const [entry, exports] of Object.entries({ main, inspect })) {
  test(`all calls: those of ${entry} are in the tables`, () => {
    const names = Object.keys(exports).filter((name) => name !== "default" && !ERRORS.includes(name));
    const calls = names.map((name) => (name === "ViewComfyClient" ? "client.infer" : name));
    assert.deepEqual(
      calls.filter((name) => !text.includes(`${name}(`)),
      [],
    );
  });
}

test("all calls: those of the client are in the table", () => {
  const methods = Object.getOwnPropertyNames(main.ViewComfyClient.prototype);
  const own =
    methods.length > 1
      ? methods
      : Object.getOwnPropertyNames(Object.getPrototypeOf(main.ViewComfyClient.prototype));
  const calls = own.filter((name) => name !== "constructor");
  assert.ok(calls.length > 5, `only ${calls}`);
  assert.deepEqual(
    calls.filter((name) => !text.includes(`client.${name}(`)),
    [],
  );
});

for (const guide of ["calls", "speed-and-size"]) {
  test(`${guide} has no examples`, () => assert.deepEqual(blocksOf(guide), []));
}
