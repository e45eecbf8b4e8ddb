// The guide "Progress and logs".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("progress", { speed: 100 });

test("handlers and the loop tell status, log and progress", async () => {
  await guide.run();
  const { "#status": status, progress, "#log": log } = guide.page.elements;
  assert.equal(progress.value, 100);
  assert.match(status.textContent, /^(?:Done in [\d.]+ s|The server is starting)/);
  assert.ok(
    guide.said.some((line) => /\d+\/\d+/.test(line)),
    "the log was written",
  );
  assert.ok(guide.said.includes("1"), "the loop told its outputs");
  assert.ok(log.textContent.split("\n").length > 5, "the page shows the newest lines");
  assert.equal((await requests(guide.endpoint)).length, 4, "one request for each run");
});

guide.lastTest();
