// Data that is nested 10,000 and 100,000 levels deep, in every call that takes data and in every answer of a server: an answer
// or our own error, never a stack that overflows.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import initInspect, * as inspect from "../../pkg/inspect-node.js";
import init, * as client from "../../pkg/node.js";
import { CLIENT_CALLS, INSPECT_CALLS, outcomeOf } from "../support/deep-calls.js";
import { WAYS } from "../support/describe.js";
import { PATIENCE } from "../support/patience.js";
import { serve } from "../support/serve.js";

const LEVELS = [10_000, 100_000];
/** "ok", or one of our codes. */
const OURS = /^[a-z_]+$/;

before(() => Promise.all([init(), initInspect()]));

for (const levels of LEVELS) {
  for (const [part, lib, calls] of [
    ["the client", client, CLIENT_CALLS],
    ["the inspection", inspect, INSPECT_CALLS],
  ]) {
    describe(`${levels} levels in ${part}`, () => {
      for (const call of calls) {
        test(call.name, PATIENCE, async () => {
          assert.match(await outcomeOf(lib, call, levels), OURS);
        });
      }
    });
  }
}

const nest = (levels) => `${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`;
const RESULT = '"status":"success","completed":true,"outputs":[]';

/** What a server says, with a nest in it, and what a run then gives: "ok" or a code. */
const ANSWERS = {
  "in the prompt of a result": [201, (nest) => `{"prompt":${nest},${RESULT}}`, "invalid_response"],
  "in a field that nobody knows": [201, (nest) => `{"more":${nest},${RESULT}}`, "invalid_response"],
  "in an output": [201, (nest) => `{"outputs":[{"data":"QQ==","more":${nest}}]}`, "invalid_response"],
  "in what a run failed with": [201, (nest) => `{"error_data":${nest},"status":"error"}`, "invalid_response"],
  "in a refusal": [422, (nest) => `{"detail":[{"msg":"no","ctx":${nest}}]}`, "http_status"],
  "in what is wrong with nodes": [
    400,
    (nest) => `{"error":{"message":"x"},"node_errors":${nest}}`,
    "http_status",
  ],
};

async function runOf(way, address) {
  const run = new client.ViewComfyClient({ endpoint: address });
  const request = { params: { "1-inputs-a": 1 } };
  if (way === "follow") return client.follow(address);
  if (way !== "stream") return run[way](request);
  for await (const event of run.stream(request)) if (event.type === "result") return event.result;
}

describe("an answer", () => {
  let server;
  before(async () => {
    server = await serve(async (request, response) => {
      for await (const _ of request);
      const query = new URL(request.url, "http://x").searchParams;
      const [status, make] = ANSWERS[query.get("answer")];
      const body = make(nest(Number(query.get("levels"))));
      const isStream = status === 201 && query.get("way") !== "infer";
      response.writeHead(isStream && query.get("way") === "follow" ? 200 : status, {
        "content-type": isStream ? "text/event-stream" : "application/json",
      });
      response.end(
        isStream ? `event: log_message\ndata: ${body}\n\nevent: prompt_result\ndata: ${body}\n\n` : body,
      );
    });
  });
  after(() => server.close());

  for (const levels of LEVELS) {
    for (const way of WAYS) {
      for (const [place, [, , expected]] of Object.entries(ANSWERS)) {
        test(`${levels} levels ${place}, ${way}`, PATIENCE, async () => {
          const query = new URLSearchParams({ answer: place, levels: `${levels}`, way });
          const run = () => runOf(way, `${server.url}/?${query}`);
          const outcome = await run().then(
            () => "ok",
            (error) => (client.isViewComfyError(error) ? error.code : `${error}`),
          );
          assert.equal(outcome, expected);
        });
      }
    }
  }

  test("an error of the log is told as it came", async () => {
    const stream = await serve((_, response) => {
      response.writeHead(201, { "content-type": "text/event-stream" });
      response.end(`event: error\ndata: ${nest(100_000)}\n\n`);
    });
    const run = runOf("stream", stream.url);
    await assert.rejects(run, (error) => client.isViewComfyError(error) && JSON.stringify(error).length > 0);
    await stream.close();
  });
});
