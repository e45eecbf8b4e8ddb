// Loading the package in Node: before, during and after `init`. Each test has a copy of the package of its own.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assertFailure } from "../support/assert-failure.js";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const WASM = new URL("../../pkg/viewcomfy_wasm_bg.wasm", import.meta.url);
const WORKFLOW = '{"3": {"class_type": "KSampler", "inputs": {"seed": 1}}}';
const copies = mkdtempSync(join(tmpdir(), "viewcomfy-wasm-"));
let count = 0;

after(() => rmSync(copies, { recursive: true }));

/** A copy of the package that nothing has loaded yet. */
function fresh() {
  count += 1;
  const copy = join(copies, `${count}`);
  cpSync(PACKAGE, copy, { recursive: true });
  cpSync(join(PACKAGE, "../package.json"), join(copies, "package.json"));
  return import(pathToFileURL(join(copy, "node.js")).href);
}

test("every call before init says which call is missing", async () => {
  const lib = await fresh();
  const calls = {
    flattenWorkflow: () => lib.flattenWorkflow(WORKFLOW),
    flattenWorkflowToJson: () => lib.flattenWorkflowToJson(WORKFLOW),
    applyParams: () => lib.applyParams(WORKFLOW, {}),
    buildParams: () => lib.buildParams({ "3-inputs-seed": 1 }),
    ViewComfyClient: () => new lib.ViewComfyClient({ endpoint: "http://127.0.0.1:1/" }),
    follow: () => lib.follow("http://127.0.0.1:1/"),
  };
  for (const call of Object.values(calls)) {
    await assertFailure(call, "not_initialised", { message: /init\(\)/ });
  }
});

test("init without an argument finds the wasm beside the module", async () => {
  const lib = await fresh();
  assert.equal(await lib.default(), undefined);
  assert.equal(
    lib.flattenWorkflowToJson(WORKFLOW),
    '{"_3-node-class_type-info":"KSampler","3-inputs-seed":1}',
  );
});

test("init takes bytes, a module, and promises of them", async () => {
  const bytes = readFileSync(WASM);
  const inputs = [
    bytes,
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    await WebAssembly.compile(bytes),
    Promise.resolve(bytes),
    new Response(bytes, { headers: { "content-type": "application/wasm" } }),
  ];
  for (const input of inputs) {
    const lib = await fresh();
    await lib.default(input);
    assert.equal(Object.keys(lib.flattenWorkflow(WORKFLOW)).length, 2);
  }
});

test("init takes a file address", async () => {
  for (const input of [WASM, WASM.href]) {
    const lib = await fresh();
    await lib.default(input);
    assert.equal(Object.keys(lib.flattenWorkflow(WORKFLOW)).length, 2);
  }
});

test("later calls return the same promise", async () => {
  const lib = await fresh();
  const first = lib.default();
  assert.equal(lib.default(), first);
  await first;
  assert.equal(lib.default(), first);
});

test("a failed init has its cause and can be tried again", async () => {
  const lib = await fresh();
  await assertFailure(() => lib.default(new Uint8Array([1, 2, 3])), "not_initialised", { cause: /\S/ });
  await assertFailure(() => lib.flattenWorkflow(WORKFLOW), "not_initialised");
  await assertFailure(() => lib.default(Promise.reject(new Error("no wasm here"))), "not_initialised", {
    cause: /no wasm here/,
  });
  await lib.default();
  assert.equal(Object.keys(lib.flattenWorkflow(WORKFLOW)).length, 2);
});

test("isViewComfyError knows the errors of another copy, and nothing else", async () => {
  const [one, other] = [await fresh(), await fresh()];
  const error = await one.default(new Uint8Array()).catch((reason) => reason);
  assert.ok(error instanceof one.ViewComfyError);
  assert.ok(error instanceof Error);
  assert.ok(one.isViewComfyError(error));
  assert.ok(other.isViewComfyError(error));
  for (const value of [new Error("x"), null, undefined, "network", { code: "network" }, 3]) {
    assert.equal(one.isViewComfyError(value), false);
  }
});
