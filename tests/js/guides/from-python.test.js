// The guide "From the Python client".

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { lastRequest } from "../../support/requests.js";

const guide = openGuide("from-python");

test("the script runs in Node, and writes the outputs to a folder", async () => {
  const { code, stdout, stderr } = await guide.start("main.mjs");
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^done in [\d.]+ s$/m);
  assert.equal(readdirSync(join(guide.folder, "output")).length, 1);
  const { files, authorized_by: by } = await lastRequest(guide.endpoint);
  assert.deepEqual(
    files.map(({ name }) => name),
    ["1-inputs-image"],
  );
  assert.equal(by, "client");
});

test("the script says why it failed", async () => {
  const { code, stderr } = await guide.start("main.mjs", { VIEWCOMFY_CLIENT_SECRET: "wrong" });
  assert.equal(code, 1);
  assert.match(stderr, /^unauthorized: /m);
  assert.doesNotMatch(stderr, /wrong/);
});

test("log and progress in a page", async () => {
  await guide.run();
  assert.ok(guide.said.some((line) => /^\d+ of \d+$/.test(line)));
});

guide.lastTest();
