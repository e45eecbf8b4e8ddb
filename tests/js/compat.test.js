// The TypeScript client's calls beyond what the fixture app needs: its earlier spellings, and what is refused, with a code.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  infer,
  inferWithLogsStream,
  isViewComfyError,
  PromptResult,
  S3FilesData,
} from "../../pkg/compat-node.js";
import { assertFailure } from "../support/assert-failure.js";
import { startRawServer } from "../support/raw-server.js";
import {
  forgetRequests,
  hold,
  lastRequest,
  requestArrived,
  requests,
  settledRequest,
} from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const PARAMS = { "3-inputs-seed": 5 };
const WORKFLOW = {
  1: { class_type: "EmptyImage", inputs: { width: 8, height: 8, batch_size: 1, color: 255 } },
  2: { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: "blue" } },
};
const credentials = { clientId: "local-id", clientSecret: "local-secret" };
let endpoint;
let apiUrl;

before(async () => {
  endpoint = await startSmallEndpoint({ speed: 200 });
  apiUrl = `${endpoint.url}/infer`;
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

test("the first calls load the wasm, once for all", async () => {
  const results = await Promise.all([1, 2].map(() => infer({ apiUrl, params: PARAMS, ...credentials })));
  for (const result of results) {
    assert.ok(result instanceof PromptResult);
    assert.equal(result.status, "success");
    assert.ok(result.outputs[0] instanceof File);
  }
});

describe("spellings", () => {
  const run = (request) => infer({ apiUrl, params: PARAMS, ...request });

  test("credentials in one object, an id with its secret before a token", async () => {
    await run({ secret: { ...credentials, token: "unused" } });
    assert.equal((await lastRequest(endpoint.url)).authorized_by, "client");
    await run({ secret: { clientId: undefined, clientSecret: undefined, token: "local-token" } });
    assert.equal((await lastRequest(endpoint.url)).authorized_by, "token");
  });

  test("no credentials: an app's own backend adds them", async () => {
    await assertFailure(() => run({ clientId: "", clientSecret: "" }), "unauthorized", { status: 401 });
    const { headers } = await lastRequest(endpoint.url);
    assert.deepEqual(
      [headers.client_id, headers.client_secret, headers.authorization],
      [undefined, undefined, undefined],
    );
  });

  test("a workflow by both names, as an object and as text; null is none", async () => {
    const params = { "1-inputs-color": 3 };
    for (const workflow of [
      { overrideWorkflowApi: WORKFLOW },
      { override_workflow_api: WORKFLOW },
      { overrideWorkflowApi: JSON.stringify(WORKFLOW), override_workflow_api: null },
    ]) {
      const { prompt } = await run({ params, ...credentials, ...workflow });
      assert.equal(prompt["1"].inputs.color, 3);
      assert.deepEqual(JSON.parse((await lastRequest(endpoint.url)).workflow_api), WORKFLOW);
    }
    await run({ overrideWorkflowApi: null, override_workflow_api: null, ...credentials });
    assert.equal((await lastRequest(endpoint.url)).workflow_api, null);
  });
});

describe("parameters", () => {
  const run = (params, request) => infer({ apiUrl, params, ...credentials, ...request });

  test("nested values and null go out as they are, undefined is left out", async () => {
    await run({
      ...PARAMS,
      "6-inputs-text": null,
      "9-inputs-extra": { a: [1, { b: "c" }] },
      "7-inputs-text": undefined,
    });
    const { params } = await lastRequest(endpoint.url);
    assert.equal(params, '{"3-inputs-seed":5,"6-inputs-text":null,"9-inputs-extra":{"a":[1,{"b":"c"}]}}');
  });

  test("a Blob is a file part", async () => {
    await run({ ...PARAMS, "1-inputs-image": new Blob(["x"], { type: "image/png" }) });
    const { files } = await lastRequest(endpoint.url);
    assert.deepEqual(
      files.map(({ name, size }) => [name, size]),
      [["1-inputs-image", 1]],
    );
  });

  test("a file alone is sent as it is", async () => {
    await run({ "1-inputs-image": new File(["x"], "a.png") });
    const { params, files } = await lastRequest(endpoint.url);
    assert.deepEqual([params, files.length], ["{}", 1]);
  });

  test("an empty set is refused, with another workflow its seed is drawn", async () => {
    for (const params of [{}, { "3-inputs-seed": undefined }, null])
      await assertFailure(() => run(params), "empty_params");
    assert.deepEqual(await requests(endpoint.url), []);
    await run({}, { overrideWorkflowApi: WORKFLOW });
    assert.equal((await requests(endpoint.url)).length, 1);
  });

  test("what JSON cannot say is refused and not sent as something else", async () => {
    for (const value of [
      Number.NaN,
      new Date(0),
      () => 1,
      Symbol("a"),
      { a: undefined },
      new Uint8Array(2),
      { a: new Blob([]) },
    ])
      await assertFailure(() => run({ a: value }), "invalid_param", { key: "a" });
    await assertFailure(() => run({ "9-inputs-a": 1 }, { overrideWorkflowApi: WORKFLOW }), "unknown_param");
    assert.deepEqual(await requests(endpoint.url), []);
  });
});

describe("failures", () => {
  test("an address and whole credentials are needed, and nothing secret is told", async () => {
    for (const call of [infer, inferWithLogsStream]) {
      await assertFailure(() => call({ params: PARAMS }), "missing_endpoint", { message: /apiUrl/ });
      await assertFailure(() => call(), "missing_endpoint");
      const half = { apiUrl, params: PARAMS, loggingCallback() {} };
      const failure = await assertFailure(
        () => call({ ...half, clientSecret: "hush" }),
        "missing_credentials",
      );
      assert.ok(!JSON.stringify(failure).includes("hush"));
    }
  });

  test("a callback that is none is refused; what it throws ends the run", async () => {
    const request = { apiUrl, params: PARAMS, ...credentials };
    const wrong = () => inferWithLogsStream({ ...request, loggingCallback: "print" });
    await assertFailure(wrong, "invalid_param", { key: "loggingCallback" });
    assert.deepEqual(await requests(endpoint.url), []);

    const mistake = new Error("a mistake of the app");
    const loggingCallback = () => {
      throw mistake;
    };
    await assert.rejects(inferWithLogsStream({ ...request, loggingCallback }), (error) => error === mistake);
  });

  test("a signal ends the run with its reason", async () => {
    const held = await startSmallEndpoint({ speed: 200 });
    try {
      await hold(held.url);
      for (const call of [infer, inferWithLogsStream]) {
        await forgetRequests(held.url);
        const controller = new AbortController();
        const request = {
          apiUrl: `${held.url}/infer`,
          params: PARAMS,
          ...credentials,
          signal: controller.signal,
        };
        const outcome = call(request).catch((error) => error);
        await requestArrived(held.url);
        const reason = new Error("changed my mind");
        controller.abort(reason);
        assert.equal(await outcome, reason);
        assert.equal((await settledRequest(held.url)).state, "cancelled");
      }
    } finally {
      await held.close();
    }
  });
});

test("the log comes trimmed and without empty lines, each event in its place", async () => {
  const chunks = [
    "event: log_message\ndata:   45%|████▌     | 9/20  \n\n",
    "event: log_message\ndata:  \n\n",
    "event: error\ndata: out of memory\n\n",
    "event: log_message\r\ndata: a\r\n\r\n",
    'event: prompt_result\ndata: {"prompt_id":"p","status":"success","completed":true,"outputs":[]}\n\n',
  ];
  const server = await startRawServer(() => ({ chunks }));
  try {
    const logs = [];
    const loggingCallback = (message) => logs.push(message);
    const { prompt, ...result } = await inferWithLogsStream({
      apiUrl: server.url,
      params: { a: 1 },
      loggingCallback,
    });
    assert.deepEqual(logs, ["log_message: 45%|████▌     | 9/20", "error: out of memory", "log_message: a"]);
    assert.equal(prompt, null);
    const expected = {
      prompt_id: "p",
      status: "success",
      completed: true,
      execution_time_seconds: null,
      outputs: [],
    };
    assert.deepEqual(result, expected);
  } finally {
    await server.close();
  }
});

test("PromptResult decodes a result that an app received itself", async () => {
  const facts = {
    prompt_id: "p",
    status: "success",
    completed: true,
    execution_time_seconds: 1.5,
    prompt: { 1: {} },
  };
  const link = {
    filename: "clip.mp4",
    content_type: "video/mp4",
    filepath: "https://example.com/clip",
    size: 9,
  };
  const data = { filename: "a.bin", content_type: "application/x-bin", data: "AP+A", size: 3 };
  const given = new File(["x"], "b.txt");
  const { outputs, ...rest } = new PromptResult({ ...facts, outputs: [data, link, given] });
  assert.deepEqual(rest, facts);
  assert.deepEqual([outputs[0].name, outputs[0].type], ["a.bin", "application/x-bin"]);
  assert.deepEqual([...new Uint8Array(await outputs[0].arrayBuffer())], [0x00, 0xff, 0x80]);
  assert.ok(outputs[1] instanceof S3FilesData);
  assert.deepEqual({ ...outputs[1] }, link);
  assert.equal(outputs[2], given);
  assert.deepEqual(new PromptResult(facts).outputs, []);
});

test("the question of the errors' kind is there", async () => {
  const error = await infer({ apiUrl, params: {} }).catch((rejected) => rejected);
  assert.deepEqual([isViewComfyError(error), isViewComfyError(new Error("other"))], [true, false]);
});
