// Base64 of every length, and results damaged at every place of it, read by the code that is shipped: the vector code
// of the wasm is not what the tests of the crate run.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { startRawRuns } from "../support/raw-runs.js";

const GOOD = '{"filename":"good.bin","data":"AAEC","size":3}';

let runs;
let client;
let answer;

before(async () => {
  await init();
  runs = await startRawRuns(lib);
  client = new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch: async () => answer });
});
after(() => runs.close());

/** A run answered in this process, which is quicker than a server where there are thousands of them. */
function plain(body) {
  answer = new Response(body, { headers: { "content-type": "application/json" } });
  return client.infer({ params: { "1-inputs-x": 1 } });
}

/** The same streamed. */
function streamed(events) {
  answer = new Response(events, { headers: { "content-type": "text/event-stream" } });
  return client.inferWithLogs({ params: { "1-inputs-x": 1 } });
}

/** Bytes without a pattern that fits base64's, the same in every run. */
function sample(length, seed = 1) {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const output = (data, size, filename = "a.bin") =>
  `{"filename":"${filename}","data":"${data}"${size === undefined ? "" : `,"size":${size}`}}`;
const bodyOf = (...outputs) => `{"outputs":[${outputs}]}`;
const eventOf = (body) => `event: prompt_result\ndata: ${body}\n\n`;
const contentOf = async ({ file }) => Buffer.from(await file.arrayBuffer());

async function assertContents(result, expected) {
  assert.equal(result.outputs.length, expected.length);
  for (const [index, bytes] of expected.entries()) {
    const content = await contentOf(result.outputs[index]);
    assert.ok(content.equals(bytes), `output ${index} of ${bytes.length} bytes is another`);
  }
}

/** A body cut into chunks of these sizes, over and over. */
function chunksOf(body, sizes) {
  const bytes = Buffer.from(body);
  const chunks = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[chunks.length % sizes.length];
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe("whole results", () => {
  test("every length of base64 from 0 to 200 bytes, padded and not", PATIENCE, async () => {
    const contents = Array.from({ length: 201 }, (_, length) => sample(length, length + 1));
    const outputs = contents.flatMap((bytes) => {
      const padded = bytes.toString("base64");
      return [output(padded, bytes.length), output(padded.replaceAll("=", ""), bytes.length)];
    });
    const expected = contents.flatMap((bytes) => [bytes, bytes]);
    await assertContents(await runs.plain(bodyOf(...outputs)), expected);
    await assertContents((await runs.streamed([eventOf(bodyOf(...outputs))])).result, expected);
  });

  test("every character of the alphabet at every place of a long text", PATIENCE, async () => {
    const text = sample(150).toString("base64");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const all = [...text]
      .flatMap((_, at) => [...alphabet].map((each) => withCharacter(text, at, each)))
      .join("");
    const bytes = Buffer.from(all, "base64");
    await assertContents(await runs.plain(bodyOf(output(all, bytes.length))), [bytes]);
  });

  test("of 3 MB, cut into chunks of odd sizes", PATIENCE, async () => {
    const contents = [sample(3_000_001), sample(5), sample(100_000, 7)];
    const body = bodyOf(...contents.map((bytes) => output(bytes.toString("base64"), bytes.length)));
    const sizes = [1, 8_191, 3, 65_521, 2, 131_071, 17, 65_537, 5];
    await assertContents(await runs.plain(chunksOf(body, sizes)), contents);
    await assertContents((await runs.streamed(chunksOf(eventOf(body), sizes))).result, contents);
  });
});

const withCharacter = (text, at, character) => text.slice(0, at) + character + text.slice(at + 1);

describe("one wrong character", () => {
  const text = sample(150).toString("base64");
  /** Where the text begins in the body. */
  const start = bodyOf(GOOD, output("")).indexOf('"}]');

  const wrongAt = (at, character) => bodyOf(GOOD, output(withCharacter(text, at, character), 150));

  const refusedAt = async (character, step) => {
    for (let offset = 0; offset < text.length; offset += step) {
      await assertFailure(() => plain(wrongAt(offset, character)), "invalid_output", {
        outputIndex: 1,
        filename: "a.bin",
        offset,
      });
    }
  };

  // The last is a letter whose two bytes would be base64 but for their highest bit.
  for (const character of ["-", "_", " ", "@", "[", "`", "{", "ñ"]) {
    test(`${JSON.stringify(character)} at each place is refused there`, PATIENCE, () =>
      refusedAt(character, 1),
    );
  }

  // Every fifth place is each of a vector's sixteen in turn.
  for (const character of ["*", ",", ".", ":", "é"]) {
    test(`${JSON.stringify(character)} at every fifth place, too`, PATIENCE, () => refusedAt(character, 5));
  }

  test('"=" is refused where it cannot be padding, or else the character behind it', PATIENCE, async () => {
    for (let at = 0; at < text.length - 1; at += 1) {
      const offset = at % 4 < 2 ? at : at + 1;
      await assertFailure(() => plain(wrongAt(at, "=")), "invalid_output", { outputIndex: 1, offset });
    }
  });

  test("a control character at each place is not JSON, with its place in the result", PATIENCE, async () => {
    for (let at = 0; at < text.length; at += 1) {
      await assertFailure(() => plain(wrongAt(at, "\u0001")), "invalid_response", {
        outputIndex: 1,
        offset: start + at,
      });
    }
  });

  test("far into a text, where it is decoded in blocks", PATIENCE, async () => {
    const long = sample(300_000).toString("base64");
    for (const offset of [65_535, 65_536, 65_537, 131_071, 131_072, 262_143, 262_144, long.length - 1]) {
      for (const character of ["-", "é"]) {
        const body = bodyOf(GOOD, output(withCharacter(long, offset, character), 300_000));
        const facts = { outputIndex: 1, offset };
        await assertFailure(() => plain(body), "invalid_output", facts);
        const chunks = ReadableStream.from(chunksOf(eventOf(body), [9_973]));
        await assertFailure(() => streamed(chunks), "invalid_output", facts);
      }
    }
  });
});

describe("a result that is not all there", () => {
  const text = sample(150).toString("base64");
  const body = bodyOf(GOOD, output(text, 150), GOOD);
  const begins = body.indexOf(text);

  test("cut anywhere in the second output", PATIENCE, async () => {
    for (let length = begins; length <= begins + text.length; length += 1) {
      const cut = body.slice(0, length);
      const facts = { outputIndex: 1, offset: length };
      await assertFailure(() => plain(cut), "stream_ended", facts);
      await assertFailure(() => streamed(`event: prompt_result\ndata: ${cut}`), "stream_ended", facts);
    }
  });

  test("of another size than it says", PATIENCE, async () => {
    for (const size of [0, 149, 151, 2 ** 40]) {
      const wrong = bodyOf(GOOD, output(text, size), GOOD);
      const facts = { outputIndex: 1, filename: "a.bin", message: new RegExp(`${size}`) };
      await assertFailure(() => plain(wrong), "invalid_output", facts);
      await assertFailure(() => streamed(eventOf(wrong)), "invalid_output", facts);
    }
  });

  test("with base64 shorter than its size by whole quartets", PATIENCE, async () => {
    for (let characters = 0; characters < text.length; characters += 4) {
      const wrong = bodyOf(GOOD, output(text.slice(0, characters), 150));
      await assertFailure(() => plain(wrong), "invalid_output", { outputIndex: 1 });
    }
  });
});
