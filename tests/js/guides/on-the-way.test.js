// The guide "What can happen on the way". Its table comes from the tests' own: tests/support/matrix/rows.js.

import assert from "node:assert/strict";
import { test } from "node:test";

import load from "../../../docs/site/guide/on-the-way.data.js";
import { openGuide } from "../../support/guide.js";
import { ROWS } from "../../support/matrix/rows.js";

const guide = openGuide("on-the-way");

test("a run that breaks off is told by its code", async () => {
  await guide.run();
  assert.equal(guide.said.length, 1);
  assert.match(guide.said[0], /^(network|stream_ended) \d+$/);
});

test("the table has each row, with what every call gives and each exception", async (t) => {
  t.mock.method(process, "cwd", () => new URL("../../../docs/site", import.meta.url).pathname);
  const rows = (await load.load()).flatMap((group) => group.rows);
  assert.equal(rows.length, ROWS.length);
  assert.equal(new Set(rows.map(({ fault }) => fault)).size, ROWS.length, "each has a name of its own");
  for (const [at, { gives, except }] of rows.entries()) {
    assert.equal(gives.length, 3);
    assert.equal(except.length, ROWS[at].except?.length ?? 0);
    assert.ok(!JSON.stringify([gives, except]).includes("undefined"));
  }
});

guide.lastTest();
