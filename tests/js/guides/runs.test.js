// The guide "Long runs, and many".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("runs", { speed: 100 });

test("three prompts run, two at once, and each is told", async () => {
  await guide.run();
  assert.deepEqual(guide.said.toSorted(), [
    "0 a red fox 1 outputs",
    "1 a grey wolf 1 outputs",
    "2 a brown bear 1 outputs",
  ]);
  assert.equal((await requests(guide.endpoint)).length, 3);
});

guide.lastTest();
