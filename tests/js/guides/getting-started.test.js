// The guide "Getting started".

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { withAddresses } from "../../support/guide-blocks.js";
import { requests, settledRequest } from "../../support/requests.js";

const guide = openGuide("getting-started");

test("the page runs through the route of the guide", async () => {
  const { POST } = await guide.runFile("app/api/viewcomfy/route.js");
  guide.routes.set("/api/viewcomfy", POST);
  await guide.run();
  const request = await settledRequest(guide.endpoint);
  assert.equal(request.state, "finished");
  assert.equal(request.authorized_by, "client", "the route added the credentials");
  assert.match(request.params, /^\{"6-inputs-text":"a red fox in the snow","3-inputs-seed":\d+\}$/);
  assert.equal(guide.page.elements.progress.value, 100);
  assert.match(guide.page.elements.img.src, /^blob:/);
});

test("the variables that the guide names are those that the route reads", () => {
  const names = guide.blocks.find(({ file }) => file === ".env.local").code.matchAll(/^(\w+)=/gm);
  for (const [, name] of names) assert.ok(process.env[name], name);
});

test("the script runs without a page, and saves what came", async () => {
  const { code, stdout, stderr } = await guide.start("run.mjs");
  assert.equal(code, 0, stderr);
  const [, saved] = /^saved (.+)$/m.exec(stdout);
  assert.ok(statSync(join(guide.folder, saved)).size > 1_000);
  assert.equal((await requests(guide.endpoint)).length, 1);
});

test("the home page's first run runs, with the same route as the guide's", async () => {
  const home = readFileSync(new URL("../../../docs/site/index.md", import.meta.url), "utf8");
  const [page, route, ...more] = [...home.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
  assert.deepEqual(more, []);
  assert.equal(route, guide.blocks.find(({ file }) => file?.endsWith("route.js")).code);
  await guide.load("home.mjs", withAddresses(page, guide.url));
  assert.match(guide.page.elements.img.src, /^blob:/);
  assert.equal((await requests(guide.endpoint)).length, 1);
});

guide.lastTest();
