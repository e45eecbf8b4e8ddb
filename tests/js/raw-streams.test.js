// Event streams that a healthy endpoint does not send, written byte for byte.

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

const log = (line) => ["log_message", line];

describe("event streams", () => {
  const cases = [
    ["LF", "event: log_message\ndata: a\n\n", [log("a")]],
    ["CR", "event: log_message\rdata: a\r\r", [log("a")]],
    ["CRLF and pings", ": ping\r\n\r\nevent: log_message\r\ndata: a\r\n\r\n: ping\r\n\r\n", [log("a")]],
    ["a byte order mark", "\ufeffevent: log_message\ndata: \ufeffa\n\n", [log("\ufeffa")]],
    ["several data lines", "event: log_message\ndata: a\ndata:\ndata:  b \n\n", [log("a\n\n b ")]],
    [
      "separators that end no line",
      "event: log_message\ndata: a\u2028b\u0085c\u000bd\n\n",
      [log("a\u2028b\u0085c\u000bd")],
    ],
    ["the name after the data", "data: a\nevent: log_message\n\n", [log("a")]],
    ["an event without data forgets its name", "event: error\n\nevent: log_message\ndata: a\n\n", [log("a")]],
    ["an empty line of log", "event: log_message\ndata:\n\n", [log("")]],
    [
      "events of other names",
      "data: no\n\nevent: status\ndata: no\n\nevent: log_message\ndata: a\n\n",
      [log("a")],
    ],
    ["invalid UTF-8", Buffer.from("event: log_message\ndata: a\xff\n\n", "latin1"), [log("a\ufffd")]],
    ["text of every width", "event: log_message\ndata: é▌日😀\n\n", [log("é▌日😀")]],
    [
      "errors and lines in turn",
      "event: error\ndata: e\n\nevent: log_message\ndata: a\n\n",
      [["error", "e"], log("a")],
    ],
  ];
  for (const [name, stream, told] of cases) {
    test(name, PATIENCE, async () => {
      const bytes = Buffer.concat([Buffer.from(stream), Buffer.from(END)]);
      for (const size of [bytes.length, 7, 1]) {
        const run = await runs.streamed(pieces(bytes, size));
        assert.deepEqual(run.told, told);
        assert.equal(run.result.promptId, "r");
      }
    });
  }

  test("every split position gives the same run", PATIENCE, async () => {
    const stream =
      "\ufeff: hello\r\nevent: log_message\r\ndata: é▌日😀\r\ndata: two\r\n\r\nid: 1\r" +
      `event: error\rdata: e\r\revent: prompt_result\ndata: ${RESULT.replace('"r"', '"ü\\u00e9😀"')}\n\n`;
    const bytes = Buffer.from(stream);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { told, result } = await runs.streamed([bytes.subarray(0, cut), bytes.subarray(cut)]);
      assert.deepEqual(told, [log("é▌日😀\ntwo"), ["error", "e"]], `cut at ${cut}`);
      assert.equal(result.promptId, "üé😀", `cut at ${cut}`);
    }
  });
});

describe("many events in one chunk", () => {
  const LINES = Array.from({ length: 10 }, (_, at) => `event: log_message\ndata: ${at}\n\n`).join("");

  test("an abort between two of them is the end of the log", PATIENCE, async () => {
    const client = runs.client([LINES + END], { hold: true });
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const seen = [];
    const onLog = (line) => {
      seen.push(line);
      if (line === "1") controller.abort(reason);
    };
    const run = client.inferWithLogs({ params: { "1-inputs-x": 1 }, onLog, signal: controller.signal });
    assert.equal(await run.catch((error) => error), reason);
    assert.deepEqual(seen, ["0", "1"]);
  });

  test("the same while a stream is read", PATIENCE, async () => {
    const client = runs.client([LINES + END], { hold: true });
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const seen = [];
    const read = async () => {
      for await (const event of client.stream({ params: { "1-inputs-x": 1 }, signal: controller.signal })) {
        seen.push(event.line ?? event.type);
        if (event.line === "1") controller.abort(reason);
      }
    };
    assert.equal(await read().catch((error) => error), reason);
    assert.deepEqual(seen, ["open", "0", "1"]);
  });

  test("an abort counts before the damage that the chunk has behind it", PATIENCE, async () => {
    const damaged = 'event: prompt_result\ndata: {"outputs":[{"data":"*"}]}\n\n';
    for (const way of ["inferWithLogs", "stream"]) {
      const client = runs.client([LINES + damaged], { hold: true });
      const controller = new AbortController();
      const reason = new Error("seen enough");
      const request = { params: { "1-inputs-x": 1 }, signal: controller.signal };
      const hear = (line) => line === "9" && controller.abort(reason);
      const read = async () => {
        if (way === "inferWithLogs") return client.inferWithLogs({ ...request, onLog: hear });
        for await (const event of client.stream(request)) hear(event.line);
      };
      assert.equal(await read().catch((error) => error), reason, way);
    }
  });

  test("a handler that throws hears nothing more", PATIENCE, async () => {
    const client = runs.client([LINES + END], { hold: true });
    const thrown = new Error("a bug of the caller's");
    let calls = 0;
    const onLog = () => {
      calls += 1;
      throw thrown;
    };
    const run = client.inferWithLogs({ params: { "1-inputs-x": 1 }, onLog });
    assert.equal(await run.catch((error) => error), thrown);
    assert.equal(calls, 1);
  });

  test("all are told before a failure behind them", PATIENCE, async () => {
    const client = runs.client([`${LINES}event: prompt_result\ndata: {"broken\n\n`]);
    const seen = [];
    const run = client.inferWithLogs({ params: { "1-inputs-x": 1 }, onLog: (line) => seen.push(line) });
    await assertFailure(() => run, "invalid_response");
    assert.equal(seen.length, 10);
  });
});

function pieces(bytes, size) {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}
