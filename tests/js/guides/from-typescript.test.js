// The guide "From the TypeScript client".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("from-typescript");

test("one import changed, and then line by line", async () => {
  await guide.run();
  const said = guide.said.join("\n");
  assert.match(said, /^log_message: /m, "the callback gets that client's prefix");
  assert.match(said, /^lighthouse_\d+_\.png$/m);
  assert.equal(guide.said.filter((line) => /^\S+ 1$/.test(line)).length, 2, "before and after give the same");
  const [streamed, before, after, edited, ...more] = await requests(guide.endpoint);
  assert.deepEqual(more, []);
  assert.equal(streamed.logs, true);
  assert.equal(before.logs, false);
  assert.match(after.params, /"3-inputs-seed":\d+/);
  assert.equal(edited.files.length, 1);
});

guide.lastTest();
