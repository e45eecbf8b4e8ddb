// Answers that no healthy server or fetch gives: each is a typed error.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { formOf, refusalOf, startProxy } from "../support/proxy.js";
import { END, RESULT } from "../support/raw-runs.js";

const params = { "1-inputs-x": 1 };

before(() => init());

describe("a custom fetch gives a Response that was read", () => {
  const read = {
    "to its end": (response) => response.text(),
    "in part, by a reader that is still there": (response) => response.body.getReader().read(),
    "by nobody yet, but it is locked": (response) => response.body.getReader(),
  };
  for (const [how, use] of Object.entries(read)) {
    for (const [status, type, body, way] of [
      [201, "application/json", RESULT, "infer"],
      [201, "text/event-stream", END, "inferWithLogs"],
      [500, "text/plain", "no", "infer"],
    ]) {
      test(`${how}: ${way}, ${status}`, PATIENCE, async () => {
        const fetch = async () => {
          const response = new Response(body, { status, headers: { "content-type": type } });
          await use(response);
          return response;
        };
        const client = new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch });
        const run = () => client[way]({ params });
        await assertFailure(run, "invalid_param", { key: "fetch", message: /already read/ });
      });
    }
  }

  test("a clone may be read", async () => {
    const fetch = async () => {
      const response = new Response(RESULT, { status: 201 });
      await response.clone().text();
      return response;
    };
    const client = new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch });
    assert.equal((await client.infer({ params })).status, "success");
  });
});

describe("a server switches protocols", () => {
  /** Answers whatever comes with 101. */
  async function switching(t) {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n"),
      );
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    return `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
  }

  for (const way of ["infer", "inferWithLogs"]) {
    test(`${way} fails`, PATIENCE, async (t) => {
      const client = new lib.ViewComfyClient({ endpoint: await switching(t), timeoutMs: 60_000 });
      await assertFailure(() => client[way]({ params }), "network");
    });
  }

  test("the proxy says that the deployment could not be reached", PATIENCE, async (t) => {
    const proxy = await startProxy({ endpoint: await switching(t) });
    t.after(() => proxy.close());
    const refusal = await refusalOf(await fetch(proxy.url, { method: "POST", body: formOf() }));
    assert.deepEqual([refusal.status, refusal.code], [502, "unreachable"]);
  });
});

test("an answer of a status without a body is not a success", async () => {
  for (const status of [204, 205]) {
    const fetch = async () => new Response(null, { status });
    const client = new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch });
    for (const way of ["infer", "inferWithLogs"])
      await assertFailure(() => client[way]({ params }), "invalid_response");
  }
});

test("errors have no place of the program, where an engine puts one", PATIENCE, async () => {
  // As WebKit does, whose errors have a line and a column of their own.
  const script = `
    const Native = globalThis.Error;
    globalThis.Error = class Error extends Native {
      constructor(...given) {
        super(...given);
        this.line = 7;
        this.column = 9;
      }
    };
    const lib = await import(${JSON.stringify(new URL("../../pkg/node.js", import.meta.url).href)});
    await lib.default();
    const placeOf = (work) => { try { work(); } catch (error) { return [error.code, error.line, error.column]; } };
    console.log(JSON.stringify([
      placeOf(() => new lib.ViewComfyClient({})),
      placeOf(() => lib.flattenWorkflow("{}x")),
    ]));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [text] = await once(child.stdout, "data");
  assert.deepEqual(JSON.parse(text), [
    ["missing_endpoint", null, null],
    ["invalid_workflow", 1, 3],
  ]);
});
