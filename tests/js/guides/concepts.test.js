// The guide "Concepts".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";

const guide = openGuide("concepts");

test("a key is a node's id and an input's name", async () => {
  await guide.run();
  assert.deepEqual(guide.said, ["11400714819323198485n"]);
});

guide.lastTest();
