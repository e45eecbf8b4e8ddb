// The examples of both READMEs, run as they stand: through the README's own route, against the local endpoint. The Run
// button, which needs a page, is run by tests/browser/readme.spec.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, mock, test } from "node:test";
import { startEndpoint } from "../support/endpoint.js";
import { startBackend } from "../support/page-backend.js";
import { PATIENCE } from "../support/patience.js";
import { blocksOf, createModules, preludeOf } from "../support/readme-examples.js";
import { forgetRequests, settledRequest } from "../support/requests.js";

const example = (name) => readFileSync(new URL(`../../www/examples/${name}.json`, import.meta.url), "utf8");
const blocks = blocksOf("README.md");
/** The client that the later examples go on with. */
const prelude = preludeOf(blocksOf("pkg/README.md"));
const modules = createModules("readme-examples");
let endpoint;
let backend;
let route;
let page;
let said;
/** Makes the file that a person chose. */
let chosen = picture;

before(async () => {
  endpoint = await startEndpoint({ speed: 200 });
  Object.assign(process.env, {
    VIEWCOMFY_API_URL: `${endpoint.url}/infer`,
    VIEWCOMFY_CLIENT_ID: "local-id",
    VIEWCOMFY_CLIENT_SECRET: "local-secret",
  });
  const files = { "/workflow_api.json": example("text-to-image") };
  backend = await startBackend({ files, handler: () => route.POST });
  route = await modules.run(blockWith("export const POST"), backend.url);
});
after(async () => {
  delete globalThis.document;
  mock.restoreAll();
  await backend.close();
  await endpoint.close();
  modules.remove();
});
beforeEach(async () => {
  await forgetRequests(endpoint.url);
  page = {};
  globalThis.document = { querySelector: elementOf };
  said = [];
  mock.restoreAll();
  mock.method(console, "log", (...words) => said.push(words));
});

function elementOf(selector) {
  page[selector] ??= selector === "input[type=file]" ? { files: [chosen()] } : {};
  return page[selector];
}

function picture() {
  const base64 =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return new File([Buffer.from(base64, "base64")], "pixel.png", { type: "image/png" });
}

/** The one block of the README that says this. */
function blockWith(words) {
  const found = blocks.filter((block) => block.includes(words));
  assert.equal(found.length, 1, `one example has ${words}`);
  return found[0];
}

function runBlock(words) {
  return modules.run(`${prelude}\n${blockWith(words)}`, backend.url);
}

async function assertFirstRun() {
  const request = await settledRequest(endpoint.url);
  assert.equal(request.state, "finished");
  assert.equal(request.authorized_by, "client");
  assert.match(request.params, /^\{"6-inputs-text":"a red fox in the snow","3-inputs-seed":\d+\}$/);
  assert.equal(page.progress.value, 100);
  assert.match(page.img.src, /^blob:/);
}

test("the first run of the package's own README, through its route", PATIENCE, async () => {
  const [itsRoute, itsRun, ...more] = blocksOf("pkg/README.md");
  assert.deepEqual(more, []);
  assert.equal(itsRoute, blockWith("export const POST"));
  await modules.run(itsRun, backend.url);
  await assertFirstRun();
  assert.ok(said.length > 5, "the log was shown");
});

test("a picture, looked into and run", PATIENCE, async () => {
  const bytes = readFileSync(new URL("../fixtures/found/text.png", import.meta.url));
  chosen = () => new File([bytes], "text.png", { type: "image/png" });
  await runBlock("await findWorkflow(file)");
  chosen = picture;
  const [[nodes, problems], [warnings]] = said;
  assert.ok(nodes > 2);
  assert.ok(Array.isArray(problems));
  assert.deepEqual(warnings, []);
  assert.equal((await settledRequest(endpoint.url)).state, "finished");
});

test("every example is run by a test above", () => {
  assert.equal(blocks.length, 2);
  assert.equal(blocksOf("README.md", "jsx").length, 1, "in tests/browser/readme.spec.js");
});
