// Prompt results of every shape, whole and spoilt, written byte for byte.

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

describe("results", () => {
  test("end a run even where the server keeps the connection open", PATIENCE, async () => {
    const { result } = await runs.streamed([END], { hold: true });
    assert.equal(result.promptId, "r");
  });

  test("count once: what follows is not read", PATIENCE, async () => {
    const { result, told } = await runs.streamed([
      `${END}event: error\ndata: late\n\n${END.replace('"r"', '"other"')}`,
    ]);
    assert.equal(result.promptId, "r");
    assert.deepEqual(told, []);
  });

  const withOutput = (output) => RESULT.replace('"outputs":[]', `"outputs":[${output}]`);

  test("spread over several data lines", PATIENCE, async () => {
    const { result } = await runs.streamed([
      `event: prompt_result\ndata: {"prompt_id":\ndata:  "r",\ndata: "outputs": []}\n\n`,
    ]);
    assert.equal(result.promptId, "r");
  });

  test("named after their data", PATIENCE, async () => {
    const { result } = await runs.streamed([`data: ${RESULT}\nevent: prompt_result\n\n`]);
    assert.equal(result.promptId, "r");
  });

  test("with a multi-byte character, an escape and a number cut anywhere", PATIENCE, async () => {
    const body = `{"prompt_id":"日\\u65e5\\ud83d\\ude00","status":"success","completed":true,"execution_time_seconds":12.25e1,"prompt":{"3":{"inputs":{"seed":18446744073709551615}}},"outputs":[{"filename":"é\\n.bin","content_type":"x/y","data":"AAECAw==","size":4}]}`;
    const bytes = Buffer.from(body);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const result = await runs.plain([bytes.subarray(0, cut), bytes.subarray(cut)]);
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
    const result = await runs.plain(
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
    const result = await runs.plain("{}");
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
    const { result } = await runs.streamed([
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

  test("of 48 MB arrive whole", PATIENCE, async () => {
    const bytes = Buffer.alloc(48 * 1024 * 1024);
    for (let at = 0; at < bytes.length; at += 4096) bytes.writeUInt32LE(at, at);
    const text = withOutput(
      `{"filename":"big.bin","data":"${bytes.toString("base64")}","size":${bytes.length}}`,
    );
    for (const run of [
      async () => (await runs.streamed([`event: prompt_result\ndata: ${text}\n\n`])).result,
      () => runs.plain(text),
    ]) {
      const [output] = (await run()).outputs;
      assert.equal(output.file.size, bytes.length);
      assert.ok(Buffer.from(await output.file.arrayBuffer()).equals(bytes));
    }
  });

  test("as a link without content, or with neither", async () => {
    const linked = await runs.plain(
      withOutput(
        '{"filename":"a.mp4","content_type":"video/mp4","filepath":"https://x.test/a?b=1","size":9}',
      ),
    );
    assert.equal(linked.outputs[0].url, "https://x.test/a?b=1");
    assert.equal(linked.outputs[0].size, 9);
    await assertFailure(() => runs.plain(withOutput('{"filename":"a.mp4"}')), "invalid_output", {
      outputIndex: 0,
      filename: "a.mp4",
    });
  });

  const spoilt = [
    ["base64 with a stray character", '{"filename":"a","data":"AAEC*w==","size":4}', { offset: 4 }],
    ["base64 cut short", '{"filename":"a","data":"AAECA","size":3}', {}],
    ["base64 with data behind the padding", '{"filename":"a","data":"AA==AAAA","size":4}', {}],
    ["base64 of another size than stated", '{"filename":"a","data":"AAECAw==","size":5}', {}],
    ["base64 that is not a text", '{"filename":"a","data":5,"size":5}', {}],
  ];
  for (const [name, output, facts] of spoilt) {
    test(name, PATIENCE, async () => {
      const code = name.endsWith("not a text") ? "invalid_response" : "invalid_output";
      const at = code === "invalid_output" ? { outputIndex: 1, filename: "a", ...facts } : {};
      const good = '{"filename":"first","data":"AA==","size":1}';
      await assertFailure(() => runs.plain(withOutput(`${good},${output}`)), code, at);
      await assertFailure(
        () => runs.streamed([`event: prompt_result\ndata: ${withOutput(`${good},${output}`)}\n\n`]),
        code,
        at,
      );
    });
  }

  const nonsense = ["[]", "null", '"text"', "5", `${RESULT}x`, '{"outputs":{}}', '{"outputs":[5]}', "<html>"];
  for (const body of nonsense) {
    test(`${JSON.stringify(body)} is not a result`, PATIENCE, async () => {
      await assertFailure(() => runs.plain(body), "invalid_response");
      await assertFailure(
        () => runs.streamed([`event: prompt_result\ndata: ${body}\n\n`]),
        "invalid_response",
      );
    });
  }

  // Some engines tell a connection that was cut as a proper end.
  for (const body of ["", "   ", "{", '{"prompt_id":"r"']) {
    test(`${JSON.stringify(body)} ended early`, PATIENCE, async () => {
      await assertFailure(() => runs.plain(body), "stream_ended", { offset: body.length });
    });
  }

  test("nested without end", PATIENCE, async () => {
    await assertFailure(() => runs.plain(`{"prompt":${"[".repeat(200_000)}`), "invalid_response");
    await assertFailure(() => runs.plain(`{"other":${'{"a":'.repeat(200_000)}`), "invalid_response");
  });
});
