// Who calls: credentials, tokens, headers, and a fetch of the caller's own.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { PATIENCE } from "../support/patience.js";
import { forgetRequests, lastRequest, requests } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const request = { params: { "3-inputs-seed": 1n } };
let endpoint;

before(async () => {
  await init();
  endpoint = await startSmallEndpoint({ speed: 200 });
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

function client(options) {
  return new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, ...options });
}

test("an id with its secret", PATIENCE, async () => {
  await client({ clientId: "local-id", clientSecret: "local-secret" }).infer(request);
  const { authorized_by: by, headers } = await lastRequest(endpoint.url);
  assert.equal(by, "client");
  assert.equal(headers.client_id, "local-id");
  assert.equal(headers.client_secret, "…");
  assert.equal(headers.authorization, undefined);
});

test("a token", PATIENCE, async () => {
  await client({ token: "local-token" }).inferWithLogs(request);
  const { authorized_by: by, headers } = await lastRequest(endpoint.url);
  assert.equal(by, "token");
  assert.equal(headers.authorization, "…");
  assert.equal(headers.client_id, undefined);
});

describe("a token function", () => {
  test("is called before each request", PATIENCE, async () => {
    let calls = 0;
    const tokens = client({
      token: async () => {
        calls += 1;
        return calls < 3 ? "local-token" : "expired";
      },
    });
    await tokens.infer(request);
    await tokens.inferWithLogs(request);
    await assertFailure(() => tokens.infer(request), "unauthorized");
    assert.equal(calls, 3);
  });

  test("may answer at once", PATIENCE, async () => {
    await client({ token: () => "local-token" }).infer(request);
    assert.equal((await lastRequest(endpoint.url)).authorized_by, "token");
  });

  test("that fails ends the call with its own error, and nothing is sent", PATIENCE, async () => {
    const thrown = new Error("signed out");
    const failing = [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ];
    for (const token of failing) {
      for (const way of ["infer", "inferWithLogs"]) {
        assert.equal(
          await client({ token })
            [way](request)
            .catch((error) => error),
          thrown,
        );
      }
    }
    assert.deepEqual(await requests(endpoint.url), []);
  });

  test("that gives no text is refused", PATIENCE, async () => {
    for (const token of [() => undefined, () => null, async () => 5]) {
      await assertFailure(() => client({ token }).infer(request), "invalid_param", { message: /token/ });
    }
  });

  test("that never answers does not outlast an abort or the time limit", PATIENCE, async () => {
    const never = () => new Promise(() => {});
    await assertFailure(() => client({ token: never, timeoutMs: 100 }).infer(request), "timeout");
    const reason = new Error("enough");
    const controller = new AbortController();
    const outcome = client({ token: never })
      .infer({ ...request, signal: controller.signal })
      .catch((error) => error);
    setTimeout(() => controller.abort(reason), 50);
    assert.equal(await outcome, reason);
  });
});

describe("headers of the caller's own", () => {
  const shapes = {
    "an object": { "X-Session": "abc", Authorization: "Bearer local-token" },
    "a list": [
      ["X-Session", "abc"],
      ["Authorization", "Bearer local-token"],
    ],
    "a Headers": new Headers({ "X-Session": "abc", Authorization: "Bearer local-token" }),
  };
  for (const [name, headers] of Object.entries(shapes)) {
    test(name, PATIENCE, async () => {
      await client({ headers }).infer(request);
      const sent = await lastRequest(endpoint.url);
      assert.equal(sent.headers["x-session"], "abc");
      assert.equal(sent.authorized_by, "token");
      assert.match(sent.headers["content-type"], /^multipart\/form-data; ?boundary=/);
    });
  }

  test("cannot spoil the form's own type", PATIENCE, async () => {
    await client({ token: "local-token", headers: { "Content-Type": "application/json" } }).infer(request);
    assert.equal((await lastRequest(endpoint.url)).content_type, "multipart/form-data");
  });
});

describe("a fetch of the caller's own", () => {
  test("gets one Request and its answer is used", PATIENCE, async () => {
    const seen = [];
    const own = (...args) => {
      seen.push(args);
      return fetch(...args);
    };
    await client({ token: "local-token", fetch: own, credentials: "include" }).inferWithLogs(request);
    assert.equal(seen.length, 1);
    assert.equal(seen[0].length, 1);
    const [asked] = seen[0];
    assert.ok(asked instanceof Request);
    assert.equal(asked.method, "POST");
    assert.equal(asked.url, `${endpoint.url}/infer`);
    assert.equal(asked.headers.get("authorization"), "Bearer local-token");
    assert.equal(asked.credentials, "include");
  });

  test("may send the request elsewhere", PATIENCE, async () => {
    const proxy = (asked) => {
      const headers = new Headers(asked.headers);
      headers.set("authorization", "Bearer local-token");
      return fetch(new Request(`${endpoint.url}/infer`, asked), { headers });
    };
    const away = new lib.ViewComfyClient({ endpoint: "http://backend.invalid/api", fetch: proxy });
    assert.equal((await away.infer(request)).status, "success");
  });

  test("that fails is a network error with its cause untouched", PATIENCE, async () => {
    const thrown = new TypeError("blocked by a test");
    const failing = [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ];
    for (const own of failing) {
      const error = await client({ fetch: own })
        .infer(request)
        .catch((rejected) => rejected);
      assert.equal(error.code, "network");
      assert.equal(error.cause, thrown);
    }
  });

  test("that gives no Response is refused", PATIENCE, async () => {
    for (const own of [() => undefined, async () => ({ ok: true })]) {
      const error = await client({ fetch: own, timeoutMs: 60_000 })
        .infer(request)
        .catch((rejected) => rejected);
      assert.ok(lib.isViewComfyError(error), `${error}`);
      assert.notEqual(error.code, "timeout");
    }
  });
});

test("the address keeps its query", PATIENCE, async () => {
  const withQuery = new lib.ViewComfyClient({
    endpoint: `${endpoint.url}/infer?fault=html_500&x=%20`,
    token: "local-token",
  });
  await assertFailure(() => withQuery.infer(request), "http_status", { status: 500 });
  const asUrl = new lib.ViewComfyClient({ endpoint: new URL(`${endpoint.url}/infer`), token: "local-token" });
  assert.equal((await asUrl.infer(request)).status, "success");
});
