// The examples of both READMEs, run as they stand: through the README's own proxy, against the local endpoint.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, mock, test } from "node:test";
import { startEndpoint } from "../support/endpoint.js";
import { startBackend } from "../support/page-backend.js";
import { blocksOf, createModules, preludeOf } from "../support/readme-examples.js";
import { forgetRequests, lastRequest, settledRequest } from "../support/requests.js";

const PATIENCE = { timeout: 20_000 };
const example = (name) => readFileSync(new URL(`../../www/examples/${name}.json`, import.meta.url), "utf8");
const blocks = blocksOf("README.md");
const prelude = preludeOf(blocks);
const modules = createModules("readme-examples");
let endpoint;
let backend;
let proxy;
let page;
let said;
/** Makes the file that a person chose. */
let chosen = picture;

before(async () => {
  endpoint = await startEndpoint({ speed: 200 });
  Object.assign(process.env, {
    VIEWCOMFY_ENDPOINT: `${endpoint.url}/infer`,
    VIEWCOMFY_CLIENT_ID: "local-id",
    VIEWCOMFY_CLIENT_SECRET: "local-secret",
  });
  const files = {
    "/workflow_api.json": example("text-to-image"),
    "/edit_image_api.json": example("edit-image"),
  };
  backend = await startBackend({ files, handler: () => proxy.POST });
  proxy = await modules.run(blockWith("export async function POST"), backend.url);
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

test("the first run of the package's own README", PATIENCE, async () => {
  const [only, ...more] = blocksOf("pkg/README.md");
  assert.deepEqual(more, []);
  await modules.run(only, backend.url);
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
  assert.equal(blocks.length, 8);
});

test("through the proxy a refusal keeps its status and its wait", PATIENCE, async () => {
  process.env.VIEWCOMFY_ENDPOINT = `${endpoint.url}/infer?fault=rate_limited`;
  const call =
    "await client.infer({ workflow }).catch(({ code, retryAfterMs }) => console.log(code, retryAfterMs));";
  await modules.run(`${prelude}\n${call}`, backend.url);
  process.env.VIEWCOMFY_ENDPOINT = `${endpoint.url}/infer`;
  assert.deepEqual(said, [["rate_limited", 7000]]);
});

test("through the proxy an abort ends the run at the endpoint", PATIENCE, async () => {
  process.env.VIEWCOMFY_ENDPOINT = `${endpoint.url}/infer?fault=silent`;
  const loop = "for await (const event of client.stream({ workflow })) if (event.type === 'open') break;";
  await modules.run(`${prelude}\n${loop}`, backend.url);
  process.env.VIEWCOMFY_ENDPOINT = `${endpoint.url}/infer`;
  assert.equal((await settledRequest(endpoint.url)).state, "cancelled");
});
