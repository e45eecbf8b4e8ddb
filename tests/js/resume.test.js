// Runs that are followed again: after their answer broke off, or from their prompt id alone; how they stand; cancelling.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import init, { ViewComfyClient } from "../../pkg/node.js";
import { END } from "../support/raw-runs.js";
import { ROUTE_HEADERS, startScriptedRoute } from "../support/scripted-route.js";

const params = { "1-inputs-x": 1 };
const log = (line) => `event: log_message\ndata: ${line}\n\n`;
let script;
let route;

before(async () => {
  await init();
  route = await startScriptedRoute((...asked) => script(...asked));
});
after(() => route.close());

/** A client of the route, which answers as `answers` says: for each kind the answers in order, the last again and again. */
function client(answers, options = {}) {
  for (const kind of Object.keys(route.counts)) route.counts[kind] = 0;
  script = (kind, index, query) => {
    const [...given] = answers[kind] ?? [{ status: 404 }];
    const answer = given[Math.min(index, given.length - 1)];
    return typeof answer === "function" ? answer(query) : answer;
  };
  return new ViewComfyClient({ endpoint: route.url, ...options });
}

async function told(call) {
  const lines = [];
  const result = await call((line) => lines.push(line));
  return { lines, status: result.status };
}

describe("a stream that breaks off", () => {
  const broken = { chunks: [log("one"), log("two")], cut: true };

  test("goes on, and nothing is run again", async () => {
    const resumed = { chunks: [log("three"), END] };
    const runner = client({ run: [broken], resume: [resumed] });
    const opened = [];
    const { lines, status } = await told((onLog) =>
      runner.inferWithLogs({ params, onLog, onOpen: (open) => opened.push(open.promptId) }),
    );
    assert.deepEqual([lines, status, opened], [["one", "two", "three"], "success", ["run-1"]]);
    assert.deepEqual([route.counts.run, route.counts.resume], [1, 1]);
  });

  test("goes on in the iteration as well, with one open event", async () => {
    const types = [];
    const runner = client({ run: [broken], resume: [broken, { chunks: [END] }] });
    for await (const { type } of runner.stream({ params })) types.push(type);
    assert.deepEqual(types, ["open", "log", "log", "log", "log", "result"]);
  });

  test("goes on when it ended without its result, and a plain answer too", async () => {
    const runner = client({ run: [{ chunks: [log("one")] }], resume: [{ chunks: [END] }] });
    assert.equal((await runner.inferWithLogs({ params })).status, "success");
    const plain = client({
      run: [
        { headers: { ...ROUTE_HEADERS, "content-type": "application/json" }, chunks: ['{"sta'], cut: true },
      ],
      resume: [{ chunks: [END] }],
    });
    const result = await plain.infer({ params });
    assert.equal(result.status, "success");
    assert.equal(result.sent?.json, '{"1-inputs-x":1}');
  });

  test("goes on after the route was away for a while", async () => {
    const away = { status: 503, headers: ROUTE_HEADERS };
    const runner = client({ run: [broken], resume: [away, { chunks: [], cut: true }, { chunks: [END] }] });
    assert.equal((await runner.inferWithLogs({ params })).status, "success");
    assert.equal(route.counts.resume, 3);
  });

  test("is given up after so many attempts, with what it broke off with", async () => {
    const runner = client({ run: [broken], resume: [{ cut: true }] }, { maxResumes: 2 });
    await assert.rejects(runner.inferWithLogs({ params }), { code: "network", logs: ["one", "two"] });
    assert.deepEqual([route.counts.run, route.counts.resume], [1, 2]);
  });

  test("is not followed when the option says so, nor when the route does not offer it or lost the run", async () => {
    const never = client({ run: [broken], resume: [{ chunks: [END] }] });
    await assert.rejects(never.inferWithLogs({ params, maxResumes: 0 }), { code: "network" });
    assert.equal(route.counts.resume, 0);
    const { "viewcomfy-can": _, ...silent } = ROUTE_HEADERS;
    await assert.rejects(client({ run: [{ ...broken, headers: silent }] }).inferWithLogs({ params }), {
      code: "network",
    });
    assert.equal(route.counts.resume, 0);
    const gone = { status: 404, headers: ROUTE_HEADERS, chunks: ['{"errorType":"unknown_run"}'] };
    await assert.rejects(client({ run: [broken], resume: [gone] }).inferWithLogs({ params }), {
      code: "network",
    });
    assert.equal(route.counts.resume, 1);
  });

  test("a run that failed has failed", async () => {
    const failed = { chunks: ["event: error\ndata: out of memory\n\n"] };
    const runner = client({ run: [failed], resume: [{ chunks: [END] }] });
    await assert.rejects(runner.inferWithLogs({ params }), { code: "execution_failed" });
    assert.equal(route.counts.resume, 0);
  });

  test("an abort ends the waiting between two attempts", async () => {
    const abort = new AbortController();
    const runner = client({
      run: [broken],
      resume: [
        () => {
          abort.abort(new Error("enough"));
          return { cut: true };
        },
      ],
    });
    await assert.rejects(runner.inferWithLogs({ params, signal: abort.signal }), { message: "enough" });
    assert.equal(route.counts.resume, 1);
  });
});

describe("resume", () => {
  test("hears what is told from now on, and gives the result", async () => {
    let asked;
    const runner = client({
      resume: [
        (query) => {
          asked = query.get("resume");
          return { chunks: [log("late"), END] };
        },
      ],
    });
    const { lines, status } = await told((onLog) => runner.resume("run-1", { onLog }));
    assert.deepEqual([lines, status, asked], [["late"], "success", "run-1"]);
    assert.equal(route.counts.run, 0);
  });

  test("keeps the query that the endpoint has", async () => {
    let query;
    client({
      resume: [
        (given) => {
          query = `${given}`;
          return { chunks: [END] };
        },
      ],
    });
    await new ViewComfyClient({ endpoint: `${route.url}?app=a%20b#there` }).resume("a:1~b");
    assert.equal(query, "app=a+b&resume=a%3A1%7Eb");
  });

  test("says what cannot be", async () => {
    const unknown = { status: 404, headers: ROUTE_HEADERS, chunks: ['{"errorType":"unknown_run"}'] };
    await assert.rejects(client({ resume: [unknown] }).resume("run-1"), { code: "unknown_run" });
    for (const status of [200, 404, 405, 501]) {
      const plain = { status, headers: { "content-type": "application/json" }, chunks: ["{}"] };
      await assert.rejects(
        client({ resume: [plain] }).resume("run-1"),
        { code: "not_supported" },
        `${status}`,
      );
    }
    const refused = { status: 401, headers: {} };
    await assert.rejects(client({ resume: [refused] }).resume("run-1"), { code: "unauthorized" });
    for (const id of [undefined, "", "a b", "é", "x".repeat(301)])
      await assert.rejects(client({}).resume(/** @type {any} */ (id)), { code: "invalid_param" });
    await assert.rejects(client({}).resume("run-1", /** @type {any} */ ({ onlog() {} })), {
      code: "invalid_param",
      nearest: ["onLog"],
    });
  });
});

describe("lookUp and cancel", () => {
  const json = { ...ROUTE_HEADERS, "content-type": "application/json" };
  const records = JSON.stringify([
    { prompt_id: "b", status: "running", completed: false, queue_position: 0 },
    {
      prompt_id: "a",
      status: "success",
      completed: true,
      execution_time_seconds: 2.5,
      outputs: [{ filename: "a.png", content_type: "image/png", size: 3, filepath: "/route?view=x" }],
    },
  ]);

  test("tell how runs stand, with links that can be followed", async () => {
    let asked;
    const runner = client({
      "look-up": [
        (query) => {
          asked = query.getAll("prompt_ids");
          return { headers: json, chunks: [records] };
        },
      ],
    });
    const [running, done] = await runner.lookUp(["b", "a"]);
    assert.deepEqual(asked, ["b", "a"]);
    assert.deepEqual(running, {
      promptId: "b",
      status: "running",
      completed: false,
      executionTimeSeconds: null,
      queuePosition: 0,
      errorData: null,
      outputs: [],
    });
    assert.equal(done.outputs[0].url, new URL("/route?view=x", route.url).href);
    assert.deepEqual(await runner.lookUp([]), []);
  });

  test("links of a route handed over as fetch are asked of it", async () => {
    const fetch = async (request) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.has("view")) return new Response("abc");
      return new Response(records, { headers: json });
    };
    const inProcess = new ViewComfyClient({ endpoint: "http://in.process/route", fetch });
    const [, done] = await inProcess.lookUp("a");
    assert.equal(await (await done.outputs[0].blob()).text(), "abc");
  });

  test("cancel says whether it was in time", async () => {
    const answer = (canceled) => ({ headers: json, chunks: [JSON.stringify({ prompt_id: "a", canceled })] });
    assert.equal(await client({ cancel: [answer(true)] }).cancel("a"), true);
    assert.equal(await client({ cancel: [answer(false)] }).cancel("a"), false);
  });

  test("answers that are none are typed errors", async () => {
    for (const body of ["", "{", "{}", "null", '[{"status":"x"}]', "[null]"]) {
      const answer = { headers: json, chunks: [body] };
      const runner = client({ "look-up": [answer], cancel: [answer] });
      await assert.rejects(runner.lookUp("a"), { code: "invalid_response" }, body);
      await assert.rejects(runner.cancel("a"), { code: "invalid_response" }, body);
    }
    const held = client({ "look-up": [{ headers: json, chunks: ["["], hold: true }] });
    await assert.rejects(held.lookUp("a", { timeoutMs: 50 }), { code: "timeout" });
    const cut = client({ "look-up": [{ headers: json, chunks: ["["], cut: true }] });
    await assert.rejects(cut.lookUp("a"), { code: "network" });
  });
});

test("previews are asked for by whoever takes them, and one that cannot be read is left out", async () => {
  const preview = (data) => `event: preview\ndata: ${data}\n\n`;
  const picture = JSON.stringify({ node_id: "3", content_type: "image/png", data: btoa("abc") });
  const chunks = [preview(picture), preview("{"), preview('{"data":"*"}'), preview("null"), END];
  const seen = [];
  const runner = client({ run: [{ chunks }] });
  await runner.inferWithLogs({ params, onPreview: (blob, { nodeId }) => seen.push([blob, nodeId]) });
  assert.equal(seen.length, 1);
  const [[blob, nodeId]] = seen;
  assert.deepEqual([blob.type, await blob.text(), nodeId], ["image/png", "abc", "3"]);
  const types = [];
  for await (const event of runner.stream({ params, previews: true })) types.push(event.type);
  assert.deepEqual(types, ["open", "preview", "result"]);
});
