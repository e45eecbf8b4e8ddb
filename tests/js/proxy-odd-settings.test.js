// Functions of the app's own that give something else than they should, or fail later: one answer each time, and the process lives.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createProxy } from "../../pkg/proxy.js";
import { CREDENTIALS, formOf, refusalOf } from "../support/proxy.js";

const PATIENCE = { timeout: 15_000 };
const answer = () => new Response("{}", { status: 201 });

/** Waits until what was rejected and caught by nobody would have been told; the runner fails a test by it. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function asked(options) {
  const proxy = createProxy({
    ...CREDENTIALS,
    endpoint: "https://example.com/",
    fetch: async () => answer(),
    ...options,
  });
  const response = await proxy(new Request("http://localhost/api", { method: "POST", body: formOf() }));
  await settled();
  return response;
}

function used() {
  const response = new Response("read");
  response.body?.getReader();
  return response;
}

describe("authorize", () => {
  for (const given of [null, 0, 1, "yes", {}, [], Symbol("true")]) {
    test(`${String(given)} lets nobody in`, PATIENCE, async () => {
      assert.equal((await asked({ authorize: async () => given })).status, 401);
    });
  }

  for (const [what, make] of Object.entries({
    "an answer in use": used,
    "an error": () => Response.error(),
  })) {
    for (const origins of [[], ["https://app.example.com"]]) {
      test(`${what}, ${origins.length} origins`, PATIENCE, async () => {
        const { status, code, message } = await refusalOf(await asked({ authorize: make, origins }));
        assert.deepEqual([status, code], [500, "not_authorized"]);
        assert.match(message, /authorize must give a new one/);
      });
    }
  }

  for (const reason of [new Error("no"), undefined, null, "text"]) {
    test(`fails with ${reason}`, PATIENCE, async () => {
      const { status, code } = await refusalOf(await asked({ authorize: () => Promise.reject(reason) }));
      assert.deepEqual([status, code], [500, "not_authorized"]);
    });
  }
});

describe("onFailure", () => {
  const logs = {
    throws: () => {
      throw new Error("no log");
    },
    "fails later": async () => {
      throw new Error("no log");
    },
    // biome-ignore lint/suspicious/noThenProperty: an odd thing to give is what is tested.
    "gives what is not a promise": () => ({ then: (_, reject) => reject(new Error("no log")) }),
  };
  for (const [what, onFailure] of Object.entries(logs)) {
    test(what, PATIENCE, async () => {
      assert.equal((await asked({ authorize: () => false, onFailure })).status, 401);
    });
  }
});

describe("token", () => {
  for (const given of [undefined, null, 7, {}, "", "two words", "line\nend"]) {
    test(`${JSON.stringify(given)}`, PATIENCE, async () => {
      const { status, code } = await refusalOf(await asked({ token: async () => given }));
      assert.deepEqual([status, code], [500, "not_configured"]);
    });
  }
});

describe("fetch", () => {
  for (const given of [undefined, null, {}, "answer", { status: 201, headers: new Headers() }, used()]) {
    test(`gives ${given}`, PATIENCE, async () => {
      const { status, code } = await refusalOf(await asked({ fetch: async () => given }));
      assert.deepEqual([status, code], [502, "unreachable"]);
    });
  }

  for (const given of ["text", 7, [1, 2], new Float64Array(1)]) {
    test(`streams ${given.constructor.name}`, PATIENCE, async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(given);
          controller.close();
        },
      });
      const response = await asked({ fetch: async () => new Response(body, { status: 201 }) });
      await assert.rejects(response.arrayBuffer(), /broke off/);
    });
  }

  test("gives nothing after the caller left", PATIENCE, async () => {
    const leaving = new AbortController();
    const given = new Promise((resolve) => setTimeout(resolve, 20));
    const proxy = createProxy({ ...CREDENTIALS, endpoint: "https://example.com/", fetch: () => given });
    const init = { method: "POST", body: formOf(), signal: leaving.signal };
    const answered = proxy(new Request("http://localhost/api", init));
    setTimeout(() => leaving.abort(), 5);
    assert.equal((await answered).status, 499);
    await given;
    await settled();
  });
});
