// What `npm start` tells beforehand of a first start.

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstStart } from "../../scripts/first-start.js";

test("a first start names each step with its estimate, and all of it together", () => {
  const [head, ...steps] = firstStart({ local: true, isThere: () => false });
  assert.match(head, /once.*about 4 min/);
  assert.equal(steps.length, 4);
  for (const step of steps) assert.match(step, /^start: {3}\w.* \(about \d+ (?:s|min)\)$/);
});

test("what is there is not named, nor the local endpoint where it is not started", () => {
  const named = (options) => firstStart(options).slice(1).join("\n");
  const isThere = (path) => !path.includes("local-endpoint");
  assert.match(named({ local: true, isThere }), /^start: {3}compile the local endpoint \(about 40 s\)$/);
  assert.equal(named({ local: false, isThere }), "");
});

test("where all is there, nothing is said", () => {
  assert.deepEqual(firstStart({ local: true, isThere: () => true }), []);
});
