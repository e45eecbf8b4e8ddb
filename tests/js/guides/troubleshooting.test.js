// The guide "Troubleshooting".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";

const guide = openGuide("troubleshooting");

test("a report has the code and the facts, and no secret", async () => {
  await guide.run();
  const report = JSON.parse(guide.said[0]);
  assert.deepEqual([report.code, report.status], ["http_status", 500]);
  assert.ok(!guide.said[0].includes("local-secret"));
});

guide.lastTest();
