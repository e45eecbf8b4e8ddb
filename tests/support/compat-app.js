// The fixture app with its one import changed, and tests that must pass wherever it runs: in Node and in a page.

import assert from "node:assert/strict";

import { bundleApp } from "./bundled-app.js";
import { lastRequest, settledRequest } from "./requests.js";

export const APP = "tests/fixtures/compat-app/main.ts";

/** A PNG of one pixel, #204060. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNQcEgAAAFEAMELjZZCAAAAAElFTkSuQmCC";
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** Migrates the app: one import, in one place. */
export function moveOver(text) {
  const parts = text.split('from "./api"');
  if (parts.length !== 2)
    throw new Error(`the app has ${parts.length - 1} imports from ./api instead of one`);
  return parts.join('from "viewcomfy-wasm/compat"');
}

/** The migrated app's module. */
export function bundleMovedApp(platform) {
  return bundleApp(APP, { platform, edit: moveOver });
}

function deploymentOf({ url }, query = "") {
  return { viewComfyUrl: `${url}/infer${query}`, clientId: "local-id", clientSecret: "local-secret" };
}

/**
 * The tests by name. `call(name, deployment, ...args)` calls a function of the app, which gets a `File` where bytes
 * are given as base64 in `{ file }`.
 * @type {Record<string, (call: Function, endpoint: { url: string }) => Promise<void>>}
 */
export const CHECKS = {
  async "a streamed run reports its log with prefixes and returns decoded Files"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint), "a red fox", 5);
    assert.equal(told.success, true, told.message);
    assert.equal(told.logs[0], "log_message: got prompt");
    assert.ok(told.logs.every((line) => line.startsWith("log_message: ") && line === line.trim()));
    // A progress bar begins with a space, which the other client trims.
    assert.ok(told.logs.some((line) => line.startsWith("log_message: 100%|")));
    assert.deepEqual([told.status, told.completed], ["success", true]);
    assert.ok(told.execution_time_seconds >= 0);
    assert.deepEqual(told.nodes, ["3", "4", "5", "6", "7", "8", "9"]);
    checkPicture(told.files, { name: /^small.*\.png$/, link: false });

    const sent = await settledRequest(endpoint.url);
    assert.equal(told.prompt_id, sent.prompt_id);
    assert.equal(sent.params, '{"6-inputs-text":"a red fox","3-inputs-seed":5,"3-inputs-steps":4}');
    assert.deepEqual([sent.logs, sent.authorized_by, sent.workflow_api], [true, "client", null]);
  },

  async "a parameter without a value is left out"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint), "a red fox", undefined);
    assert.equal(told.success, true, told.message);
    const { params } = await lastRequest(endpoint.url);
    assert.equal(params, '{"6-inputs-text":"a red fox","3-inputs-steps":4}');
  },

  async "a File and another workflow are sent, and the plain response is returned"(call, endpoint) {
    const told = await call("invert", deploymentOf(endpoint), { file: PIXEL });
    checkPicture(told.files, { name: /^turned.*\.png$/, link: false });
    assert.deepEqual(told.nodes, ["1", "2", "3"]);

    const sent = await settledRequest(endpoint.url);
    assert.equal(sent.logs, false);
    assert.equal(sent.params, '{"3-inputs-filename_prefix":"turned"}');
    assert.deepEqual(Object.keys(JSON.parse(sent.workflow_api)), ["1", "2", "3"]);
    const files = sent.files.map(({ name, filename, content_type, size }) => [
      name,
      filename,
      content_type,
      size,
    ]);
    const { length } = Buffer.from(PIXEL, "base64");
    assert.deepEqual(files, [["1-inputs-image", "pixel.png", "image/png", length]]);
  },

  async "outputs may be links"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint, "?fault=link_output"), "a red fox", 5);
    assert.equal(told.success, true, told.message);
    checkPicture(told.files, { name: /^small.*\.png$/, link: true });
    const [link] = JSON.parse(told.json).outputs;
    assert.deepEqual(Object.keys(link), ["filename", "content_type", "filepath", "size"]);
    assert.ok(link.filepath.startsWith(`${endpoint.url}/outputs/`));
    assert.equal(link.size, told.files[0].bytes.length);
  },

  async "an error of the service is reported, and a result may still follow"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint, "?fault=error_then_result"), "a red fox", 5);
    assert.equal(told.success, true, told.message);
    assert.equal(told.logs.filter((line) => line.startsWith("error: ")).length, 1);
  },

  async "a result without the field outputs has no outputs"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint, "?fault=no_outputs"), "a red fox", 5);
    assert.equal(told.success, true, told.message);
    assert.deepEqual(JSON.parse(told.json).outputs, []);
  },

  async "the largest seed is sent exactly, and the result can be serialized as JSON"(call, endpoint) {
    const told = await call("generate", deploymentOf(endpoint), "a red fox", 18446744073709551615n);
    assert.equal(told.success, true, told.message);
    assert.match((await lastRequest(endpoint.url)).params, /"3-inputs-seed":18446744073709551615,/);
    assert.equal(JSON.parse(told.json).prompt["3"].inputs.seed, 18446744073709552000);
  },

  async "failures are typed where the other client throws a message or returns null"(call, endpoint) {
    for (const [fault, code] of [
      ["unauthorized", "unauthorized"],
      ["node_errors", "validation_failed"],
      ["html_500", "http_status"],
      ["no_result", "stream_ended"],
      ["failed_result", "execution_failed"],
      ["invalid_base64", "invalid_output"],
    ]) {
      const told = await call("generate", deploymentOf(endpoint, `?fault=${fault}`), "a red fox", 5);
      const { success, name } = told;
      assert.deepEqual({ success, name, code: told.code }, { success: false, name: "ViewComfyError", code });
      assert.ok(!told.message.includes("local-secret"));
    }
  },
};

function checkPicture(files, { name, link }) {
  assert.equal(files.length, 1);
  const [file] = files;
  assert.match(file.name, name);
  assert.deepEqual([file.type, file.link, file.bytes.slice(0, 4)], ["image/png", link, PNG]);
}
