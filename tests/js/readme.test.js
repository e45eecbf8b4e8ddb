// The examples of both READMEs, run as they stand: through the README's own route, against the local endpoint.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, mock, test } from "node:test";
import { startEndpoint } from "../support/endpoint.js";
import { startBackend } from "../support/page-backend.js";
import { PATIENCE } from "../support/patience.js";
import { blocksOf, createModules, preludeOf } from "../support/readme-examples.js";
import { forgetRequests, lastRequest, settledRequest } from "../support/requests.js";

const example = (name) => readFileSync(new URL(`../../www/examples/${name}.json`, import.meta.url), "utf8");
const blocks = blocksOf("README.md");
const prelude = preludeOf(blocks);
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
  const files = {
    "/workflow_api.json": example("text-to-image"),
    "/edit_image_api.json": example("edit-image"),
  };
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
  const block = blockWith(words);
  return modules.run(block.includes("await init()") ? block : `${prelude}\n${block}`, backend.url);
}

async function assertFirstRun() {
  const request = await settledRequest(endpoint.url);
  assert.equal(request.state, "finished");
  assert.equal(request.authorized_by, "client");
  assert.match(request.params, /^\{"6-inputs-text":"a red fox in the snow","3-inputs-seed":\d+\}$/);
  assert.equal(page.progress.value, 100);
  assert.match(page.img.src, /^blob:/);
}

test("the first run", PATIENCE, async () => {
  await runBlock("await init()");
  await assertFirstRun();
});

test("the first run of the package's own README, through its route", PATIENCE, async () => {
  const [itsRoute, itsRun, ...more] = blocksOf("pkg/README.md");
  assert.deepEqual(more, []);
  assert.equal(itsRoute, blockWith("export const POST"));
  await modules.run(itsRun, backend.url);
  await assertFirstRun();
  assert.ok(said.length > 5, "the log was shown");
});

test("events one by one", PATIENCE, async () => {
  await runBlock("client.stream(");
  assert.deepEqual(said.at(-1), ["1 outputs"]);
  assert.ok(said.length > 5);
});

test("files, and another workflow", PATIENCE, async () => {
  await runBlock("workflowApi: editing");
  const { files, logs, workflow_api: sent } = await lastRequest(endpoint.url);
  assert.deepEqual(
    files.map(({ name, filename }) => [name, filename]),
    [["1-inputs-image", "pixel.png"]],
  );
  assert.equal(logs, false);
  // A form turns line ends into CR LF, as the standard says.
  assert.deepEqual(JSON.parse(sent), JSON.parse(example("edit-image")));
  assert.equal(said[0][1], "image/png");
});

test("seeds, and the same run again", PATIENCE, async () => {
  await runBlock("first.sent.seeds");
  const [[seeds], [filename]] = said;
  assert.deepEqual(Object.keys(seeds), ["3-inputs-seed"]);
  assert.equal((await lastRequest(endpoint.url)).params, `{"3-inputs-seed":${seeds["3-inputs-seed"]}}`);
  assert.match(filename, /\.png$/);
});

test("the calls that run nothing", PATIENCE, async () => {
  await runBlock("flattenWorkflowToJson(workflow, 4)");
  const [[flat], [applied]] = said;
  assert.match(
    flat,
    /^\{\n {4}"_3-node-class_type-info": "Sampler",\n {4}"3-inputs-seed": 11400714819323198485,/,
  );
  assert.match(applied, /"seed": 18446744073709551615,/);
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

test("a failure with its facts", PATIENCE, async () => {
  await runBlock("isViewComfyError");
  const [[message, nearest]] = said;
  assert.match(message, /did you mean/);
  assert.equal(nearest[0], "6-inputs-text");
  assert.equal(await lastRequest(endpoint.url), undefined, "nothing was sent");
});

test("every example is run by a test above", () => {
  assert.equal(blocks.length, 10);
});

/** Another route in place of the README's first, for one test. */
async function through(handlers, body) {
  const first = route;
  route = handlers;
  try {
    await body();
  } finally {
    route = first;
  }
}

test("a route that says who may, and what", PATIENCE, async () => {
  modules.write("session.js", "export const sessionOf = (request) => request.headers.get('x-session');");
  const strict = await modules.run(blockWith("sessionOf(request)"), backend.url);
  assert.equal(strict.GET, strict.POST);
  const call = (session) =>
    `const mine = new ViewComfyClient({ endpoint: "/api/viewcomfy", headers: ${JSON.stringify(session)} });
     await mine.infer({ workflow }).catch(({ code }) => console.log(code));
     await mine.infer({ workflowApi: workflow }).catch(({ message }) => console.log(message));`;
  await through(strict, async () => {
    await modules.run(`${prelude}\n${call({})}`, backend.url);
    assert.deepEqual(said[0], ["unauthorized"]);
    said = [];
    await modules.run(`${prelude}\n${call({ "x-session": "1" })}`, backend.url);
  });
  assert.equal(said.length, 1, "the deployed workflow ran");
  assert.match(said[0][0], /workflow_api/);
});

test("results that come as links, through the same route", PATIENCE, async () => {
  await runBlock("rewriteUrl:");
  assert.deepEqual(said, [[1]]);
});
