// A handler of fetch's form as a listener of Node's http server.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, test } from "node:test";

import { toNodeListener } from "../../pkg/proxy-node.js";
import { PATIENCE } from "../support/patience.js";
import { serve } from "../support/serve.js";

/** A server of this handler, for the length of one test. */
async function serving(t, handler) {
  const server = await serve(toNodeListener(handler));
  t.after(() => server.close());
  return server.url;
}

/** What comes back for these bytes. */
async function raw(url, text) {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end(text);
  let answer = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    answer += chunk;
  });
  await once(socket, "close");
  return answer;
}

describe("the request", () => {
  test("its method, address, headers and body", PATIENCE, async (t) => {
    let got;
    const url = await serving(t, async (request) => {
      got = [request.method, request.url, request.headers.get("x-a"), await request.text()];
      return new Response("done");
    });
    const init = { method: "PUT", headers: { "x-a": "1" }, body: "body ü" };
    assert.equal(await (await fetch(`${url}/a%20b?c=d%26`, init)).text(), "done");
    assert.deepEqual(got, ["PUT", `${url}/a%20b?c=d%26`, "1", "body ü"]);
    await fetch(url);
    assert.deepEqual(got, ["GET", `${url}/`, null, ""]);
  });

  test("an address that would be another host's, and none", PATIENCE, async (t) => {
    const seen = [];
    const url = await serving(t, async (request) => {
      seen.push(request.url);
      return new Response(null);
    });
    const ask = (line, host = "app.example") =>
      raw(url, `${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.match(await ask("GET //evil.example/a"), /^HTTP\/1.1 200/);
    assert.match(await ask("GET http://evil.example/a"), /^HTTP\/1.1 400/);
    assert.match(await ask("OPTIONS *"), /^HTTP\/1.1 400/);
    assert.match(await ask("TRACE /"), /^HTTP\/1.1 400/);
    assert.match(await ask("GET /", "a b@c"), /^HTTP\/1.1 400/);
    assert.match(await ask("GET @evil.example/"), /^HTTP\/1.1 400/);
    assert.deepEqual(seen, ["http://app.example//evil.example/a"]);
  });

  test("the signal, when the caller leaves before and during the answer", PATIENCE, async (t) => {
    for (const begins of [false, true]) {
      let aborted;
      let arrived;
      const left = new Promise((resolve) => {
        aborted = resolve;
      });
      const here = new Promise((resolve) => {
        arrived = resolve;
      });
      let cancelled = false;
      const url = await serving(t, async (request) => {
        request.signal.addEventListener("abort", aborted);
        arrived();
        if (!begins) return new Promise(() => {});
        const cancel = () => {
          cancelled = true;
        };
        return new Response(
          new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from("x")), cancel }),
        );
      });
      const leaving = new AbortController();
      const call = fetch(url, { method: "POST", body: "x", signal: leaving.signal });
      await (begins ? call.then((response) => response.body.getReader().read()) : here);
      leaving.abort();
      await call.catch(() => {});
      await left;
      await new Promise(setImmediate);
      assert.equal(cancelled, begins);
    }
  });

  test("no signal when the answer was whole", PATIENCE, async (t) => {
    let signal;
    const url = await serving(t, async (request) => {
      signal = request.signal;
      return new Response("x");
    });
    await (await fetch(url)).text();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(signal.aborted, false);
  });
});

describe("the answer", () => {
  test("status, headers and several cookies", PATIENCE, async (t) => {
    const url = await serving(t, async () => {
      const headers = new Headers({ "x-a": "1" });
      headers.append("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
      headers.append("set-cookie", "b=2");
      return new Response(null, { status: 204, headers });
    });
    const response = await fetch(url);
    assert.deepEqual([response.status, response.headers.get("x-a")], [204, "1"]);
    assert.deepEqual(response.headers.getSetCookie(), ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
  });

  test("HEAD has the headers and gives the body up", PATIENCE, async (t) => {
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
    };
    const url = await serving(
      t,
      async () => new Response(new ReadableStream({ cancel }), { headers: { "x-a": "1" } }),
    );
    const response = await fetch(url, { method: "HEAD" });
    assert.deepEqual([response.headers.get("x-a"), await response.text(), cancelled], ["1", "", true]);
  });

  test("a refusal in the middle of an upload reaches who sends on", PATIENCE, async (t) => {
    const url = await serving(t, async (request) => {
      const reader = request.body.getReader();
      await reader.read();
      await reader.cancel();
      return new Response("too much", { status: 413 });
    });
    const size = 20_000_000;
    const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`;
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      answer += chunk;
    });
    socket.write(head);
    const piece = Buffer.alloc(1_000_000);
    for (let sent = 0; sent < size; sent += piece.length) {
      if (!socket.write(piece)) await once(socket, "drain");
    }
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await once(socket, "close");
    assert.match(answer, /^HTTP\/1.1 413[\s\S]*too much/, "the refusal, once all was sent");
    assert.match(answer, /HTTP\/1.1 500/, "and the connection goes on");
  });

  test("what a handler throws is not told", PATIENCE, async (t) => {
    const url = await serving(t, async () => {
      throw new Error("secret");
    });
    const response = await fetch(url);
    assert.deepEqual([response.status, await response.text()], [500, ""]);
  });

  test("a body that fails breaks the answer off", PATIENCE, async (t) => {
    const url = await serving(t, async () => {
      let pulls = 0;
      const pull = (controller) => {
        pulls += 1;
        if (pulls > 1) throw new Error("secret");
        controller.enqueue(Buffer.from("x"));
      };
      return new Response(new ReadableStream({ pull }));
    });
    await assert.rejects((await fetch(url)).text());
  });

  test("only a function is a handler", () => {
    assert.throws(() => toNodeListener({}), TypeError);
  });
});
