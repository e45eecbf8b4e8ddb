// The guide "Errors, and what to do".

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";

const guide = openGuide("errors");
const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

test("each failure is told as the guide says", async () => {
  await guide.run();
  const said = guide.said.join("\n");
  assert.equal(guide.said[0], "unknown_param");
  assert.match(said, /'6-inputs-text'/);
  assert.match(said, /^Too many runs just now\. Try again in 7 s\.$/m);
  assert.match(said, /^1$/m, "the second chance was not needed");
  assert.match(said, /^execution_failed$/m);
});

test("what may help is tried once more", async () => {
  const whole = guide.routes.get("/api/viewcomfy");
  const { createProxy, fromEnv } = await import("../../../pkg/proxy.js");
  const proxies = ["?fault=no_result", ""].map((query) =>
    createProxy({ ...fromEnv(process.env), endpoint: `${guide.endpoint}/infer${query}` }),
  );
  let calls = 0;
  guide.routes.set("/api/viewcomfy", (request) => proxies[Math.min(calls++, 1)](request));
  await guide.run((code) => code.replace("?? 5_000", "?? 10").replace("?? 5e3", "?? 10"));
  if (!whole) guide.routes.delete("/api/viewcomfy");
  assert.equal(calls, 2);
});

test("the guide names every code there is", () => {
  const union = /export type ErrorCode =([^;]+);/.exec(read("pkg/index.d.ts"))[1];
  const text = read("docs/site/guide/errors.md");
  for (const [, code] of union.matchAll(/"(\w+)"/g)) assert.ok(text.includes(`\`${code}\``), code);
});

guide.lastTest();
