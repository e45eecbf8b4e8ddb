// The guide "Loading the wasm".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";

const guide = openGuide("loading");

test("the wasm is loaded from beside the module, from an address and from the module itself", async () => {
  await guide.run();
  const keys = "[ '_1-node-class_type-info', '1-inputs-text' ]";
  assert.deepEqual(guide.said, [keys, "function", keys]);
});

guide.lastTest();
