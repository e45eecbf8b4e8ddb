// Many runs: so many at once, in the order in which they end, failures among them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import init, { ViewComfyClient } from "../../pkg/node.js";
import { END } from "../support/raw-runs.js";
import { serve } from "../support/serve.js";

let server;
/** The runs that the server has, by the number in their parameter. */
let waiting = new Map();
let most = 0;
let begun = 0;
let gone = 0;
/** What a test waits for: asked again whenever a run begins or goes. */
let changed = () => {};

before(async () => {
  await init();
  server = await serve(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const number = Number(/"1-inputs-x":(\d+)/.exec(body)?.[1]);
    begun += 1;
    waiting.set(number, response);
    most = Math.max(most, waiting.size);
    response.on("close", () => {
      if (waiting.delete(number)) gone += 1;
      changed();
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    changed();
  });
});
after(() => server.close());

function begin() {
  waiting = new Map();
  [most, begun, gone] = [0, 0, 0];
  return new ViewComfyClient({ endpoint: server.url });
}

const requests = (count) => Array.from({ length: count }, (_, x) => ({ params: { "1-inputs-x": x } }));

async function until(holds) {
  while (!holds()) {
    await new Promise((resolve) => {
      changed = () => resolve(undefined);
    });
  }
}

/** Ends a run; every seventh has failed. */
function end(number) {
  const response = waiting.get(number);
  waiting.delete(number);
  response.end(number % 7 === 6 ? "event: error\ndata: failed\n\n" : END);
}

test("50 runs, 5 at once, come in the order in which they end, failures told apart", async () => {
  const client = begin();
  const ended = [];
  const given = [];
  const serving = (async () => {
    for (let count = 0; count < 50; count += 1) {
      const room = Math.min(5, 50 - count);
      await until(() => waiting.size === room);
      // The one that began last ends first.
      const last = Math.max(...waiting.keys());
      given.push(last);
      end(last);
      await until(() => ended.length > count);
    }
  })();
  for await (const { index, request, result, error } of client.runMany(requests(50), { concurrency: 5 })) {
    assert.equal(request.params["1-inputs-x"], index);
    if (index % 7 === 6) assert.equal(error.code, "execution_failed");
    else assert.equal(result?.status, "success");
    ended.push(index);
    changed();
  }
  await serving;
  assert.deepEqual(ended, given);
  assert.deepEqual([begun, most, ended.length], [50, 5, 50]);
});

test("an abort ends those that go on, and no more begin", async () => {
  const client = begin();
  const abort = new AbortController();
  const runs = client.runMany(requests(50), { concurrency: 3, signal: abort.signal });
  const first = runs.next();
  await until(() => waiting.size === 3);
  abort.abort(new Error("enough"));
  await assert.rejects(first, { message: "enough" });
  await until(() => gone === 3);
  assert.equal(begun, 3);
});

test("leaving the loop ends those that go on, and closes the source", async () => {
  const client = begin();
  let closed = false;
  async function* source() {
    try {
      yield* requests(50);
    } finally {
      closed = true;
    }
  }
  const first = until(() => waiting.size === 4).then(() => end(0));
  for await (const { index } of client.runMany(source())) {
    assert.equal(index, 0);
    break;
  }
  await first;
  await until(() => waiting.size === 0);
  assert.equal(closed, true);
});

test("requests are asked for when there is room, and one that is wrong fails alone", async () => {
  const client = begin();
  let asked = 0;
  function* source() {
    for (const request of requests(6)) {
      asked += 1;
      yield asked === 2 ? { param: {} } : request;
    }
  }
  const runs = client.runMany(source(), { concurrency: 1 });
  const first = runs.next();
  await until(() => waiting.has(0));
  assert.equal(asked, 1);
  end(0);
  assert.equal((await first).value?.index, 0);
  const { value: wrong } = await runs.next();
  assert.deepEqual([wrong?.index, wrong?.error?.code, asked], [1, "invalid_param", 2]);
  await runs.return?.(undefined);
});

test("whatever a run was ended for comes as an error", async () => {
  const client = begin();
  const given = [{ params: { "1-inputs-x": 1 }, signal: AbortSignal.abort("not needed") }];
  for await (const { error } of client.runMany(given)) {
    assert.ok(error instanceof Error);
    assert.deepEqual([error.message, error.cause], ["the run was ended: not needed", "not needed"]);
  }
  assert.equal(begun, 0);
});

test("an empty list ends at once, and what is no list is refused", async () => {
  const client = begin();
  for await (const _ of client.runMany([])) assert.fail();
  for (const [list, options] of /** @type {any[]} */ ([
    [null],
    ["text"],
    [{}],
    [[], { concurrency: 0 }],
    [[], { concurrency: 1.5 }],
    [[], { concurency: 2 }],
    [[], { signal: {} }],
  ])) {
    await assert.rejects(
      async () => {
        for await (const _ of client.runMany(list, options)) assert.fail();
      },
      { code: "invalid_param" },
      JSON.stringify([list, options]),
    );
  }
});
