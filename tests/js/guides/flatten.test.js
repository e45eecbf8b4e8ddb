// The guide "Flatten, and put values back".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { lastRequest } from "../../support/requests.js";

const guide = openGuide("flatten");

test("keys, values and texts are what the comments say", async () => {
  await guide.run();
  const said = guide.said.join("\n");
  assert.match(guide.said[0], /^a lighthouse on a cliff/);
  assert.equal(guide.said[1], "11400714819323198485n");
  assert.match(said, /^9-inputs-filename_prefix lighthouse$/m);
  assert.doesNotMatch(said, /inputs-clip/, "links are left out");
  assert.match(said, /^11400714819323200000$/m, "what JSON.parse makes of the seed");
  assert.match(
    said,
    /^\{\n {4}"_3-node-class_type-info": "Sampler",\n {4}"3-inputs-seed": 11400714819323198485,/m,
  );
  assert.deepEqual(guide.said.slice(-3), ["18446744073709551615n", "true", "unknown_param 6-inputs-text"]);
  assert.equal(await lastRequest(guide.endpoint), undefined, "nothing is sent");
});

guide.lastTest();
