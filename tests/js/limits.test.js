// The limits of what is accepted: to the byte, for each way to run, set by the client or by one request.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { startRawRuns } from "../support/raw-runs.js";

const STREAMED = ["inferWithLogs", "stream"];
const WAYS = ["infer", ...STREAMED];
const MAX_EVENT = 16 * 1024 * 1024;

const OUTPUTS = [
  '{"filename":"first.bin","content_type":"x/y","data":"AAECAwQF","size":6}',
  '{"data":"BgcICQ==","filename":"sécond.bin","size":4}',
];
const BODY = `{"prompt_id":"r","outputs":[${OUTPUTS}],"status":"success","completed":true}`;
const BYTES = Buffer.from(BODY);

/** Where a limit may be set: the options of the client, and those of the request. */
const PLACES = {
  "the client": (name, limit) => [{ [name]: limit }, {}],
  "the request": (name, limit) => [{}, { [name]: limit }],
  "the request over a stricter client": (name, limit) => [{ [name]: 1 }, { [name]: limit }],
  "the request over a client without one": (name, limit) => [{ [name]: 0 }, { [name]: limit }],
};

let runs;

before(async () => {
  await init();
  runs = await startRawRuns(lib);
});
after(() => runs.close());

const event = (name, data) => `event: ${name}\ndata: ${data}\n\n`;
const logs = (...lines) => lines.map((line) => event("log_message", line)).join("");

/** Runs one way over an answer with this body; what is told goes into `told` as it comes. */
async function run(way, { before = "", body = BODY, options = {}, request = {}, told = [] }) {
  const type = way === "infer" ? "application/json" : "text/event-stream";
  const answer = way === "infer" ? body : `${before}${event("prompt_result", body)}`;
  const client = runs.client([answer], { headers: { "content-type": type } }, options);
  const asked = { params: { "1-inputs-x": 1 }, ...request };
  if (way === "infer") return client.infer(asked);
  if (way === "inferWithLogs") {
    const [onLog, onError] = [(line) => told.push(line), (message) => told.push(message)];
    return client.inferWithLogs({ ...asked, onLog, onError });
  }
  for await (const each of client.stream(asked)) {
    if (each.type === "log") told.push(each.line);
    if (each.type === "error") told.push(each.message);
    if (each.type === "result") return each.result;
  }
  throw new Error("the stream ended without a result");
}

/** The output that the first bytes of the body end in, and its name if they hold that. */
function placeOf(length) {
  const text = BYTES.subarray(0, length).toString("latin1");
  const outputIndex = OUTPUTS.findIndex((output) => {
    const at = BYTES.indexOf(output);
    return length > at && length < at + Buffer.byteLength(output);
  });
  if (outputIndex < 0) return {};
  const name = ["first.bin", "sécond.bin"][outputIndex];
  const quoted = Buffer.from(`"${name}"`).toString("latin1");
  return { outputIndex, ...(text.includes(quoted) ? { filename: name } : {}) };
}

describe("maxResultBytes", () => {
  for (const way of WAYS) {
    test(`${way}: a result of exactly that size passes, and no smaller limit does`, PATIENCE, async () => {
      const exact = await run(way, { options: { maxResultBytes: BYTES.length } });
      assert.equal(exact.outputs[1].filename, "sécond.bin");
      for (let limit = 1; limit < BYTES.length; limit += 1) {
        const options = { maxResultBytes: limit };
        const failure = await assertFailure(() => run(way, { options }), "too_large", {
          limit,
          offset: limit,
          message: /maxResultBytes/,
        });
        const { outputIndex, filename } = failure;
        assert.deepEqual(
          { ...(outputIndex !== undefined && { outputIndex }), ...(filename && { filename }) },
          placeOf(limit),
        );
      }
    });

    for (const [place, at] of Object.entries(PLACES)) {
      test(`${way}: set by ${place}`, PATIENCE, async () => {
        const [options, request] = at("maxResultBytes", BYTES.length);
        assert.equal((await run(way, { options, request })).promptId, "r");
        const [lower, one] = at("maxResultBytes", BYTES.length - 1);
        await assertFailure(() => run(way, { options: lower, request: one }), "too_large", {
          limit: BYTES.length - 1,
        });
      });
    }

    test(`${way}: 0 is none, also over a client that has one`, PATIENCE, async () => {
      for (const [options, request] of [
        [{ maxResultBytes: 0 }, {}],
        [{ maxResultBytes: 1 }, { maxResultBytes: 0 }],
      ]) {
        assert.equal((await run(way, { options, request })).promptId, "r");
      }
    });
  }

  test("counts white space, and what other events carry does not count", PATIENCE, async () => {
    const body = `${" ".repeat(10)}{}${" ".repeat(10)}`;
    for (const way of WAYS) {
      // The blank behind the colon of a data line belongs to the frame.
      await run(way, { before: logs("x".repeat(100)), body, options: { maxResultBytes: 22 } });
      await assertFailure(() => run(way, { body, options: { maxResultBytes: 21 } }), "too_large");
    }
  });

  for (const way of STREAMED) {
    test(`${way}: the lines before a result that is too large are told`, PATIENCE, async () => {
      const told = [];
      const options = { maxResultBytes: 5 };
      await assertFailure(() => run(way, { before: logs("a", "b"), options, told }), "too_large", {
        limit: 5,
      });
      assert.deepEqual(told, ["a", "b"]);
    });
  }
});

describe("maxEventBytes", () => {
  const events = [
    ["a line of log", logs("x".repeat(100)), 100],
    ["a line in bytes, not characters", logs("狐".repeat(20)), 60],
    [
      "all data lines of an event, with the breaks between them",
      "event: error\ndata: 12345\ndata: 12345\n\n",
      11,
    ],
    ["an event of another name", event("other", "x".repeat(50)), 50],
  ];

  for (const way of STREAMED) {
    for (const [name, before, size] of events) {
      test(`${way}: ${name}`, PATIENCE, async () => {
        const exact = await run(way, { before, options: { maxEventBytes: size } });
        assert.equal(exact.promptId, "r");
        const facts = { limit: size - 1, offset: size - 1, message: /maxEventBytes/ };
        const options = { maxEventBytes: size - 1 };
        const failure = await assertFailure(() => run(way, { before, options }), "too_large", facts);
        assert.equal(failure.outputIndex, undefined);
        assert.equal(failure.filename, undefined);
      });
    }

    for (const [place, at] of Object.entries(PLACES)) {
      test(`${way}: set by ${place}`, PATIENCE, async () => {
        const before = logs("12345678");
        const [options, request] = at("maxEventBytes", 8);
        assert.equal((await run(way, { before, options, request })).promptId, "r");
        const [lower, one] = at("maxEventBytes", 7);
        await assertFailure(() => run(way, { before, options: lower, request: one }), "too_large", {
          limit: 7,
        });
      });
    }

    test(`${way}: is 16 MiB unless said otherwise, and 0 is none`, PATIENCE, async () => {
      const most = logs("x".repeat(MAX_EVENT));
      const more = logs("x".repeat(MAX_EVENT + 1));
      const told = [];
      await run(way, { before: most, told });
      await assertFailure(() => run(way, { before: more }), "too_large", { limit: MAX_EVENT });
      await run(way, { before: more, options: { maxEventBytes: 0 }, told });
      await run(way, { before: more, options: { maxEventBytes: 9 }, request: { maxEventBytes: 0 }, told });
      assert.deepEqual(
        told.map((line) => line.length),
        [MAX_EVENT, MAX_EVENT + 1, MAX_EVENT + 1],
      );
    });

    test(`${way}: each event counts by itself, and the result not at all`, PATIENCE, async () => {
      const told = [];
      await run(way, { before: logs("1234", "5678", "9"), options: { maxEventBytes: 4 }, told });
      assert.deepEqual(told, ["1234", "5678", "9"]);
    });

    test(
      `${way}: the lines before the one that is too long are told, and none behind it`,
      PATIENCE,
      async () => {
        const told = [];
        const before = logs("a", "b", "too long", "c");
        await assertFailure(() => run(way, { before, options: { maxEventBytes: 4 }, told }), "too_large");
        assert.deepEqual(told, ["a", "b"]);
      },
    );
  }

  test("infer has no other events than the result", PATIENCE, async () => {
    assert.equal((await run("infer", { options: { maxEventBytes: 1 } })).promptId, "r");
  });
});

for (const name of ["maxResultBytes", "maxEventBytes"]) {
  describe(`${name} of the wrong type`, () => {
    for (const value of ["1", -1, Number.NaN, Number.POSITIVE_INFINITY, true, 5n, {}, []]) {
      const facts = { key: name, message: new RegExp(name) };

      test(`${typeof value} ${String(value)} makes no client`, () =>
        assertFailure(() => runs.client([], {}, { [name]: value }), "invalid_param", facts));

      for (const way of WAYS) {
        test(`${typeof value} ${String(value)} is not sent by ${way}`, PATIENCE, async () => {
          let sent = 0;
          const fetch = async () => {
            sent += 1;
            return new Response("{}");
          };
          const request = { [name]: value };
          await assertFailure(() => run(way, { options: { fetch }, request }), "invalid_param", facts);
          assert.equal(sent, 0);
          await run(way, { options: { fetch }, request: { [name]: 100 } }).catch(() => {});
          assert.equal(sent, 1);
        });
      }
    }
  });
}
