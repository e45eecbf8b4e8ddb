// Streams and answers that a healthy endpoint does not send, written byte for byte by a server of the test's own.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { startRawServer } from "../support/raw-server.js";

const PATIENCE = { timeout: 15_000 };
const RESULT =
  '{"prompt_id":"r","status":"success","completed":true,"execution_time_seconds":1.5,"prompt":{},"outputs":[]}';
const END = `event: prompt_result\ndata: ${RESULT}\n\n`;
let server;
let answer;

before(async () => {
  await init();
  server = await startRawServer(() => answer);
});
after(() => server.close());

/** Streams these chunks to `inferWithLogs`. */
async function streamed(chunks, more = {}) {
  answer = { chunks, ...more };
  const client = new lib.ViewComfyClient({ endpoint: server.url });
  const told = [];
  const result = await client.inferWithLogs({
    params: { "1-inputs-x": 1 },
    onLog: (line) => told.push(["log_message", line]),
    onError: (message) => told.push(["error", message]),
  });
  return { result, told };
}

/** Answers `infer` with this body. */
function plain(body, more = {}) {
  answer = { chunks: [body].flat(), headers: { "content-type": "application/json" }, ...more };
  return new lib.ViewComfyClient({ endpoint: server.url }).infer({ params: { "1-inputs-x": 1 } });
}

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
        const run = await streamed(pieces(bytes, size));
        assert.deepEqual(run.told, told);
        assert.equal(run.result.promptId, "r");
      }
    });
  }

  test("every split position gives the same run", { timeout: 60_000 }, async () => {
    const stream =
      "\ufeff: hello\r\nevent: log_message\r\ndata: é▌日😀\r\ndata: two\r\n\r\nid: 1\r" +
      `event: error\rdata: e\r\revent: prompt_result\ndata: ${RESULT.replace('"r"', '"ü\\u00e9😀"')}\n\n`;
    const bytes = Buffer.from(stream);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { told, result } = await streamed([bytes.subarray(0, cut), bytes.subarray(cut)]);
      assert.deepEqual(told, [log("é▌日😀\ntwo"), ["error", "e"]], `cut at ${cut}`);
      assert.equal(result.promptId, "üé😀", `cut at ${cut}`);
    }
  });
});

describe("many events in one chunk", () => {
  const LINES = Array.from({ length: 10 }, (_, at) => `event: log_message\ndata: ${at}\n\n`).join("");
  const open = () => new lib.ViewComfyClient({ endpoint: server.url });

  test("an abort between two of them is the end of the log", PATIENCE, async () => {
    answer = { chunks: [LINES + END], hold: true };
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const seen = [];
    const onLog = (line) => {
      seen.push(line);
      if (line === "1") controller.abort(reason);
    };
    const run = open().inferWithLogs({ params: { "1-inputs-x": 1 }, onLog, signal: controller.signal });
    assert.equal(await run.catch((error) => error), reason);
    assert.deepEqual(seen, ["0", "1"]);
  });

  test("the same while a stream is read", PATIENCE, async () => {
    answer = { chunks: [LINES + END], hold: true };
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const seen = [];
    const read = async () => {
      for await (const event of open().stream({ params: { "1-inputs-x": 1 }, signal: controller.signal })) {
        seen.push(event.line ?? event.type);
        if (event.line === "1") controller.abort(reason);
      }
    };
    assert.equal(await read().catch((error) => error), reason);
    assert.deepEqual(seen, ["open", "0", "1"]);
  });

  test("a handler that throws hears nothing more", PATIENCE, async () => {
    answer = { chunks: [LINES + END], hold: true };
    const thrown = new Error("a bug of the caller's");
    let calls = 0;
    const onLog = () => {
      calls += 1;
      throw thrown;
    };
    const run = open().inferWithLogs({ params: { "1-inputs-x": 1 }, onLog });
    assert.equal(await run.catch((error) => error), thrown);
    assert.equal(calls, 1);
  });

  test("all are told before a failure behind them", PATIENCE, async () => {
    answer = { chunks: [`${LINES}event: prompt_result\ndata: {"broken\n\n`] };
    const seen = [];
    const run = open().inferWithLogs({ params: { "1-inputs-x": 1 }, onLog: (line) => seen.push(line) });
    await assertFailure(() => run, "invalid_response");
    assert.equal(seen.length, 10);
  });
});

describe("results", () => {
  test("end a run even where the server keeps the connection open", PATIENCE, async () => {
    const { result } = await streamed([END], { hold: true });
    assert.equal(result.promptId, "r");
  });

  test("count once: what follows is not read", PATIENCE, async () => {
    const { result, told } = await streamed([
      `${END}event: error\ndata: late\n\n${END.replace('"r"', '"other"')}`,
    ]);
    assert.equal(result.promptId, "r");
    assert.deepEqual(told, []);
  });

  const withOutput = (output) => RESULT.replace('"outputs":[]', `"outputs":[${output}]`);

  test("spread over several data lines", PATIENCE, async () => {
    const { result } = await streamed([
      `event: prompt_result\ndata: {"prompt_id":\ndata:  "r",\ndata: "outputs": []}\n\n`,
    ]);
    assert.equal(result.promptId, "r");
  });

  test("named after their data", PATIENCE, async () => {
    const { result } = await streamed([`data: ${RESULT}\nevent: prompt_result\n\n`]);
    assert.equal(result.promptId, "r");
  });

  test("with a multi-byte character, an escape and a number cut anywhere", { timeout: 60_000 }, async () => {
    const body = `{"prompt_id":"日\\u65e5\\ud83d\\ude00","status":"success","completed":true,"execution_time_seconds":12.25e1,"prompt":{"3":{"inputs":{"seed":18446744073709551615}}},"outputs":[{"filename":"é\\n.bin","content_type":"x/y","data":"AAECAw==","size":4}]}`;
    const bytes = Buffer.from(body);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const result = await plain([bytes.subarray(0, cut), bytes.subarray(cut)]);
      assert.equal(result.promptId, "日日😀");
      assert.equal(result.executionTimeSeconds, 122.5);
      assert.equal(result.promptJson, '{"3":{"inputs":{"seed":18446744073709551615}}}');
      assert.equal(result.outputs[0].filename, "é\n.bin");
      assert.deepEqual(
        new Uint8Array(await result.outputs[0].file.arrayBuffer()),
        new Uint8Array([0, 1, 2, 3]),
      );
    }
  });

  test("with their fields in any order, unknown ones, and escaped base64", PATIENCE, async () => {
    const data = Buffer.from([251, 255, 190, 0, 1])
      .toString("base64")
      .replaceAll("/", "\\/")
      .replace("+", "\\u002b");
    const result = await plain(
      `{"new":[{"outputs":1}],"outputs":[{"size":5,"data":"${data}","extra":{"data":"AA=="},"filename":"a.bin"}],"completed":true,"prompt":null,"prompt_id":"r"}`,
    );
    assert.deepEqual(
      new Uint8Array(await (await result.outputs[0].blob()).arrayBuffer()),
      new Uint8Array([251, 255, 190, 0, 1]),
    );
    assert.equal(result.outputs[0].filename, "a.bin");
    assert.equal(result.outputs[0].contentType, "application/octet-stream");
    assert.equal(result.status, null);
    assert.equal(result.executionTimeSeconds, null);
    assert.equal(result.prompt, null);
  });

  test("with every field missing", PATIENCE, async () => {
    const result = await plain("{}");
    const { promptId, status, completed, executionTimeSeconds, prompt, promptJson, outputs } = result;
    assert.deepEqual(
      { promptId, status, completed, executionTimeSeconds, prompt, promptJson, outputs },
      {
        promptId: null,
        status: null,
        completed: null,
        executionTimeSeconds: null,
        prompt: null,
        promptJson: null,
        outputs: [],
      },
    );
  });

  test("with outputs of many sizes, in order", PATIENCE, async () => {
    const sizes = [0, 1, 2, 3, 4, 5, 100, 65_535, 65_536, 65_537, 1_000_000];
    const made = sizes.map((size) =>
      Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 31 + size) % 256)),
    );
    const outputs = made.map(
      (bytes, at) =>
        `{"filename":"${at}.bin","content_type":"application/x-test","data":"${bytes.toString("base64")}","size":${bytes.length}}`,
    );
    const { result } = await streamed([
      `event: prompt_result\r\ndata: ${withOutput(outputs.join(","))}\r\n\r\n`,
    ]);
    assert.equal(result.outputs.length, sizes.length);
    for (const [at, bytes] of made.entries()) {
      const output = result.outputs[at];
      assert.equal(output.filename, `${at}.bin`);
      assert.equal(output.file.type, "application/x-test");
      assert.ok(Buffer.from(await output.file.arrayBuffer()).equals(bytes), `output ${at}`);
    }
  });

  test("of 48 MB arrive whole", { timeout: 60_000 }, async () => {
    const bytes = Buffer.alloc(48 * 1024 * 1024);
    for (let at = 0; at < bytes.length; at += 4096) bytes.writeUInt32LE(at, at);
    const text = withOutput(
      `{"filename":"big.bin","data":"${bytes.toString("base64")}","size":${bytes.length}}`,
    );
    for (const run of [
      async () => (await streamed([`event: prompt_result\ndata: ${text}\n\n`])).result,
      () => plain(text),
    ]) {
      const [output] = (await run()).outputs;
      assert.equal(output.file.size, bytes.length);
      assert.ok(Buffer.from(await output.file.arrayBuffer()).equals(bytes));
    }
  });

  test("as a link without content, or with neither", async () => {
    const linked = await plain(
      withOutput(
        '{"filename":"a.mp4","content_type":"video/mp4","filepath":"https://x.test/a?b=1","size":9}',
      ),
    );
    assert.equal(linked.outputs[0].url, "https://x.test/a?b=1");
    assert.equal(linked.outputs[0].size, 9);
    await assertFailure(() => plain(withOutput('{"filename":"a.mp4"}')), "invalid_output", {
      outputIndex: 0,
      filename: "a.mp4",
    });
  });

  const spoilt = [
    ["base64 with a stray character", '{"filename":"a","data":"AAEC*w==","size":4}', { offset: 4 }],
    ["base64 cut short", '{"filename":"a","data":"AAECA","size":3}', {}],
    ["base64 with data behind the padding", '{"filename":"a","data":"AA==AAAA","size":4}', {}],
    ["base64 of another size than stated", '{"filename":"a","data":"AAECAw==","size":5}', {}],
    ["base64 that is no text", '{"filename":"a","data":5,"size":5}', {}],
  ];
  for (const [name, output, facts] of spoilt) {
    test(name, PATIENCE, async () => {
      const code = name.endsWith("no text") ? "invalid_response" : "invalid_output";
      const at = code === "invalid_output" ? { outputIndex: 1, filename: "a", ...facts } : {};
      const good = '{"filename":"first","data":"AA==","size":1}';
      await assertFailure(() => plain(withOutput(`${good},${output}`)), code, at);
      await assertFailure(
        () => streamed([`event: prompt_result\ndata: ${withOutput(`${good},${output}`)}\n\n`]),
        code,
        at,
      );
    });
  }

  const nonsense = [
    "",
    "   ",
    "[]",
    "null",
    '"text"',
    "5",
    "{",
    '{"prompt_id":"r"',
    `${RESULT}x`,
    '{"outputs":{}}',
    '{"outputs":[5]}',
    "<html>",
  ];
  for (const body of nonsense) {
    test(`${JSON.stringify(body)} is no result`, PATIENCE, async () => {
      await assertFailure(() => plain(body), "invalid_response");
      if (body.trim() !== "") {
        await assertFailure(() => streamed([`event: prompt_result\ndata: ${body}\n\n`]), "invalid_response");
      }
    });
  }

  test("nested without end", PATIENCE, async () => {
    await assertFailure(() => plain(`{"prompt":${"[".repeat(200_000)}`), "invalid_response");
    await assertFailure(() => plain(`{"other":${'{"a":'.repeat(200_000)}`), "invalid_response");
  });
});

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
      await assertFailure(() => plain(body), "execution_failed", facts);
      await assertFailure(
        () => streamed([`event: log_message\ndata: a\n\nevent: prompt_result\ndata: ${body}\n\n`]),
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
    await assertFailure(() => streamed([stream]), "stream_ended", { logs: lines.slice(30) });
    await assertFailure(() => streamed([stream, "event: error\ndata: broke\n\n"]), "execution_failed", {
      message: /broke/,
      logs: lines.slice(30),
    });
  });

  test("a line of log without end is refused, not gathered", PATIENCE, async () => {
    const endless = Array.from({ length: 4_000 }, () => "x".repeat(65_536));
    await assertFailure(() => streamed(["event: log_message\ndata: ", ...endless]), "invalid_response");
  });

  test("a stream with nothing in it", PATIENCE, async () => {
    await assertFailure(() => streamed([]), "stream_ended", { logs: [] });
    await assertFailure(() => streamed([`event: prompt_result\ndata: ${RESULT}\n`]), "stream_ended");
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
        const { result } = await streamed([END], { status, headers: { "content-type": type } });
        assert.equal(result.promptId, "r");
      }
    }
  });

  test("a streamed call answered with JSON is an error", PATIENCE, async () => {
    await assertFailure(
      () => streamed([RESULT], { headers: { "content-type": "application/json" } }),
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
      for (const run of [() => plain(body, more), () => streamed([body], more)]) {
        const failure = await assertFailure(run, code, { status, ...others });
        if (retryAfterMs) assert.ok(retryAfterMs(failure.retryAfterMs));
      }
    });
  }

  test("a long body is shortened, and never waited for when it has no end", PATIENCE, async () => {
    const failure = await assertFailure(() => plain("é".repeat(100_000), { status: 500 }), "http_status");
    assert.ok(failure.body.length <= 2_000);
    assert.ok(failure.message.length < 3_000);
    const endless = Array.from({ length: 100_000 }, () => "x".repeat(65_536));
    await assertFailure(() => plain(endless, { status: 500 }), "http_status", { status: 500 });
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
        () => plain("", { status: 429, headers: { "retry-after": value } }),
        "rate_limited",
      );
      assert.equal(failure.retryAfterMs, ms);
    });
  }

  test("304 and 3xx are no result", PATIENCE, async () => {
    await assertFailure(() => plain([], { status: 304 }), "http_status", { status: 304 });
  });
});

function pieces(bytes, size) {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}
