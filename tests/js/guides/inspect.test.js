// The guide "Inspect and convert workflows".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { lastRequest } from "../../support/requests.js";

const guide = openGuide("inspect");

test("workflows are inspected, checked, converted, run and compared", async () => {
  await guide.run();
  const said = guide.said.join("\n");
  assert.match(guide.said[0], /^7 .*4.* → .*9/);
  assert.match(said, /sd_xl_base_1\.0\.safetensors/);
  assert.match(said, /^Prompt: text \(long-text\) 6-inputs-text = a lighthouse/m);
  assert.match(said, /^link_to_missing_node 1$/m);
  assert.match(said, /^ {3}6-inputs-text long-text /m);
  assert.match(said, /^false 0 0$/m);
  assert.match(said, /^3-inputs-steps: 20 → 30$/m);
  assert.match((await lastRequest(guide.endpoint)).workflow_api, /class_type/);
});

guide.lastTest();
