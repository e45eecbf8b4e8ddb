// Failed runs and refusals of every shape, written byte for byte.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { END, RESULT, startRawRuns } from "../support/raw-runs.js";

let runs;

before(async () => {
  await init();
  runs = await startRawRuns(lib);
});
after(() => runs.close());

describe("failed runs", () => {
  const failed = [
    ['{"status":"error","completed":true,"error_data":"out of memory"}', "out of memory"],
    ['{"status":"success","completed":false,"error_data":"stopped"}', "stopped"],
    ['{"completed":false}', undefined],
    ['{"status":"error"}', undefined],
  ];
  for (const [body, errorData] of failed) {
    test(body, PATIENCE, async () => {
      const facts = errorData ? { errorData, message: new RegExp(errorData) } : {};
      await assertFailure(() => runs.plain(body), "execution_failed", facts);
      await assertFailure(
        () => runs.streamed([`event: log_message\ndata: a\n\nevent: prompt_result\ndata: ${body}\n\n`]),
        "execution_failed",
        {
          ...facts,
          logs: ["a"],
        },
      );
    });
  }

  test("no more than the last 20 lines of the log are kept", PATIENCE, async () => {
    const lines = Array.from({ length: 50 }, (_, at) => `line ${at}`);
    const stream = lines.map((line) => `event: log_message\ndata: ${line}\n\n`).join("");
    await assertFailure(() => runs.streamed([stream]), "stream_ended", { logs: lines.slice(30) });
    await assertFailure(() => runs.streamed([stream, "event: error\ndata: broke\n\n"]), "execution_failed", {
      message: /broke/,
      logs: lines.slice(30),
    });
  });

  test("a line of log without end is refused, not gathered", PATIENCE, async () => {
    const endless = Array.from({ length: 4_000 }, () => "x".repeat(65_536));
    await assertFailure(() => runs.streamed(["event: log_message\ndata: ", ...endless]), "too_large");
  });

  test("a stream with nothing in it", PATIENCE, async () => {
    await assertFailure(() => runs.streamed([]), "stream_ended", { logs: [] });
    await assertFailure(() => runs.streamed([`event: prompt_result\ndata: ${RESULT}\n`]), "stream_ended");
  });
});

describe("other answers", () => {
  test("any 2xx will do, with any spelling of the type", PATIENCE, async () => {
    for (const status of [200, 201, 202]) {
      for (const type of [
        "text/event-stream",
        "Text/Event-Stream;charset=utf-8",
        "text/event-stream ; x=y",
      ]) {
        const { result } = await runs.streamed([END], { status, headers: { "content-type": type } });
        assert.equal(result.promptId, "r");
      }
    }
  });

  test("a streamed call answered with JSON is an error", PATIENCE, async () => {
    await assertFailure(
      () => runs.streamed([RESULT], { headers: { "content-type": "application/json" } }),
      "invalid_response",
      {
        message: /application\/json/,
      },
    );
  });

  const refusals = [
    [400, '{"detail":"no"}', { code: "http_status", message: /no/ }],
    [401, "", { code: "unauthorized" }],
    [403, "<h1>Forbidden</h1>", { code: "unauthorized", body: "<h1>Forbidden</h1>" }],
    [
      404,
      '{"errorMsg":"Not found","errorDetails":["a","b"],"errorType":"DomainException"}',
      { code: "http_status", errorType: "DomainException", message: /Not found/ },
    ],
    [413, "too large", { code: "http_status", message: /413/ }],
    [
      422,
      '{"detail":[{"loc":["body","params"],"msg":"Field required","type":"missing"}]}',
      {
        code: "validation_failed",
        nodeErrors: (all) => all[0].message === "Field required" && all[0].type === "missing",
      },
    ],
    [429, "", { code: "rate_limited", retryAfterMs: (ms) => ms === undefined }],
    [
      500,
      '{"detail":{"error":{"type":"prompt_no_outputs","message":"Prompt has no outputs","details":"","extra_info":{}},"node_errors":{}}}',
      { code: "validation_failed", message: /Prompt has no outputs/ },
    ],
    [502, "<html>Bad gateway</html>", { code: "http_status", body: "<html>Bad gateway</html>" }],
    [503, "null", { code: "http_status" }],
    [504, "[1", { code: "http_status", body: "[1" }],
  ];
  for (const [status, body, { code, ...facts }] of refusals) {
    test(`${status} ${body}`, PATIENCE, async () => {
      const { retryAfterMs, ...others } = facts;
      const more = { status, headers: { "content-type": "text/plain" } };
      for (const run of [() => runs.plain(body, more), () => runs.streamed([body], more)]) {
        const failure = await assertFailure(run, code, { status, ...others });
        if (retryAfterMs) assert.ok(retryAfterMs(failure.retryAfterMs));
      }
    });
  }

  test("a long body is shortened, and never waited for when it has no end", PATIENCE, async () => {
    const failure = await assertFailure(
      () => runs.plain("é".repeat(100_000), { status: 500 }),
      "http_status",
    );
    assert.ok(failure.body.length <= 2_000);
    assert.ok(failure.message.length < 3_000);
    const endless = Array.from({ length: 100_000 }, () => "x".repeat(65_536));
    await assertFailure(() => runs.plain(endless, { status: 500 }), "http_status", { status: 500 });
  });

  const waits = [
    ["120", 120_000],
    ["0", 0],
    ["1.5", undefined],
    ["soon", undefined],
    ["-5", undefined],
    ["Wed, 21 Oct 2015 07:28:00 GMT", 0],
  ];
  for (const [value, ms] of waits) {
    test(`Retry-After: ${value}`, PATIENCE, async () => {
      const failure = await assertFailure(
        () => runs.plain("", { status: 429, headers: { "retry-after": value } }),
        "rate_limited",
      );
      assert.equal(failure.retryAfterMs, ms);
    });
  }

  test("304 and 3xx are not results", PATIENCE, async () => {
    await assertFailure(() => runs.plain([], { status: 304 }), "http_status", { status: 304 });
  });
});
