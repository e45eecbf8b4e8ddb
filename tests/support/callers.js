// Shared tests of who may call a route: methods, pages of other origins, the app's own check.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PATIENCE } from "./patience.js";
import { formOf, refusalOf } from "./proxy.js";
import { serve } from "./serve.js";

export const APP = "https://app.example.com";

/**
 * A route under test.
 *
 * @typedef {object} Subject
 * @property {import("node:http").RequestListener} upstream the server behind the route
 * @property {(options: object, upstream: string) => Promise<{ url: string, failures: object[], close(): Promise<void> }>} start
 *   serves the route
 * @property {(options: object, upstream: string) => (request: Request) => Promise<Response>} create makes it
 * @property {string[]} methods those that it supports
 * @property {string} unserved how the messages of its refusals begin
 * @property {boolean} takesUrlEncoded whether a form may also be url-encoded
 */

/**
 * Calls a route and checks whether the request reached the server behind it.
 *
 * @param {Subject} subject
 */
export function callerOf(subject) {
  let upstream;
  let asked = 0;

  before(async () => {
    upstream = await serve((request, response) => {
      asked += 1;
      subject.upstream(request, response);
    });
  });
  after(() => upstream.close());

  /** The response of a route with these options. */
  async function answered(t, options, { url = "/api", ...init } = {}) {
    const proxy = await subject.start(options, upstream.url);
    t.after(() => proxy.close());
    const before = asked;
    const body = init.method === undefined ? formOf() : undefined;
    const response = await fetch(proxy.url + url, { method: "POST", body, ...init });
    // An accepted run ends before the next caller is counted.
    if (response.status === 201) await response.clone().arrayBuffer();
    return { response, proxy, reached: asked > before };
  }

  async function assertRefused(t, code, status, options, init) {
    const { response, proxy, reached } = await answered(t, options, init);
    const refusal = await refusalOf(response);
    assert.deepEqual([refusal.code, refusal.status, reached], [code, status, false]);
    assert.equal(refusal.unserved, subject.unserved);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(
      proxy.failures.map((failure) => [failure.code, failure.status, failure.message]),
      [[code, status, refusal.message]],
    );
    return { response, proxy, refusal };
  }

  return { answered, assertRefused, create: (options) => subject.create(options, upstream.url) };
}

/**
 * The tests of who may call.
 *
 * @param {Subject} subject
 * @param {ReturnType<typeof callerOf>} caller
 */
export function describeCallers({ methods }, { answered, assertRefused, create }) {
  describe("methods", () => {
    const others = ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"].filter(
      (method) => !methods.includes(method),
    );
    for (const method of others) {
      test(method, PATIENCE, async (t) => {
        const { response } = await assertRefused(t, "method_not_allowed", 405, {}, { method });
        assert.equal(response.headers.get("allow"), methods.join(", "));
      });
    }

    test("HEAD has no body", PATIENCE, async (t) => {
      const { response } = await answered(t, {}, { method: "HEAD" });
      assert.deepEqual([response.status, await response.text()], [405, ""]);
    });
  });

  describe("pages of other origins", () => {
    const others = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site", origin: "https://other.example.com" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "nonsense" },
      { origin: "http://127.0.0.1:1" },
    ];
    for (const headers of others) {
      test(`refused: ${JSON.stringify(headers)}`, PATIENCE, async (t) => {
        await assertRefused(t, "origin_not_allowed", 403, {}, { headers });
        const { response } = await assertRefused(
          t,
          "origin_not_allowed",
          403,
          { origins: [APP] },
          { headers },
        );
        assert.equal(response.headers.get("access-control-allow-origin"), null);
        assert.equal(response.headers.get("vary"), "origin");
      });
    }

    const own = [
      {},
      { "sec-fetch-site": "same-origin", origin: "https://rewritten.example" },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of own) {
      test(`let through: ${JSON.stringify(headers)}`, PATIENCE, async (t) => {
        assert.equal((await answered(t, {}, { headers })).response.status, 201);
      });
    }

    test(
      "without Sec-Fetch-Site the host is compared, even if TLS is terminated elsewhere",
      PATIENCE,
      async (t) => {
        const proxy = create({});
        const call = (address, origin) =>
          proxy(new Request(address, { method: "POST", body: formOf(), headers: { origin } }));
        assert.equal((await call("http://app.example.com/api", APP)).status, 201);
        assert.equal((await call("http://app.example.com:3000/api", APP)).status, 403);
        t.diagnostic("a reverse proxy that rewrites the host needs origins");
      },
    );

    test("listed origins may call and read responses, including refusals", PATIENCE, async (t) => {
      const headers = { origin: APP, "sec-fetch-site": "cross-site" };
      for (const options of [{ origins: [`${APP}/`] }, { origins: [APP], authorize: () => false }]) {
        const { response } = await answered(t, options, { headers });
        assert.equal(response.status, options.authorize ? 401 : 201);
        assert.equal(response.headers.get("access-control-allow-origin"), APP);
        assert.equal(response.headers.get("access-control-allow-credentials"), "true");
        assert.match(response.headers.get("access-control-expose-headers"), /retry-after/);
      }
    });

    test("with a star every page may call and read responses, but not with cookies", PATIENCE, async (t) => {
      const cases = [
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "cross-site", origin: "null" },
        { origin: "https://other.example" },
      ];
      for (const headers of cases) {
        const { response } = await answered(t, { origins: ["*"] }, { headers });
        assert.equal(response.status, 201);
        assert.equal(response.headers.get("access-control-allow-origin"), "*");
        assert.equal(response.headers.get("access-control-allow-credentials"), null);
        assert.match(response.headers.get("access-control-expose-headers"), /retry-after/);
      }
      const asking = { origin: "https://other.example", "access-control-request-headers": "authorization" };
      const { response } = await answered(t, { origins: ["*"] }, { method: "OPTIONS", headers: asking });
      assert.deepEqual(
        [response.status, response.headers.get("access-control-allow-headers")],
        [204, "authorization"],
      );
    });

    test("their preflight gets a response before anything is checked", PATIENCE, async (t) => {
      const ask = (origin) => ({
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization, x-mine",
        },
      });
      const options = { origins: [APP], clientId: undefined, authorize: () => false };
      const { response } = await answered(t, options, ask(APP));
      assert.equal(response.status, 204);
      assert.equal(response.headers.get("access-control-allow-methods"), methods.join(", "));
      assert.equal(response.headers.get("access-control-allow-headers"), "authorization, x-mine");
      const other = await answered(t, options, ask("https://evil.example"));
      assert.equal(other.response.status, 405);
      assert.equal(other.response.headers.get("access-control-allow-origin"), null);
    });
  });

  describe("authorize", () => {
    test("sees the request before its body is read", PATIENCE, async (t) => {
      const authorize = async (request) => {
        assert.equal(request.bodyUsed, false);
        return request.headers.get("cookie") === "session=1";
      };
      const headers = { cookie: "session=1" };
      assert.equal((await answered(t, { authorize }, { headers })).response.status, 201);
      await assertRefused(t, "not_authorized", 401, { authorize });
    });

    test("only true lets a request through", PATIENCE, async (t) => {
      assert.equal((await answered(t, { authorize: () => {} })).response.status, 201);
      for (const verdict of [null, 0, "", "yes", {}])
        await assertRefused(t, "not_authorized", 401, { authorize: () => verdict });
    });

    test("a response of its own is sent", PATIENCE, async (t) => {
      const authorize = () => new Response("pay first", { status: 402, headers: { "x-price": "1" } });
      const { response, reached, proxy } = await answered(t, { authorize });
      assert.deepEqual([response.status, await response.text(), reached], [402, "pay first", false]);
      assert.equal(response.headers.get("x-price"), "1");
      assert.deepEqual(proxy.failures, []);
    });

    test("a response with immutable headers is sent with CORS headers", PATIENCE, async (t) => {
      const authorize = () => Response.redirect("https://app.example.com/login");
      const init = { headers: { origin: APP }, redirect: "manual" };
      const { response } = await answered(t, { authorize, origins: [APP] }, init);
      assert.equal(response.status, 302);
      assert.equal(response.headers.get("access-control-allow-origin"), APP);
    });

    test("what it throws is not sent to the page", PATIENCE, async (t) => {
      const authorize = () => {
        throw new Error("db://user:password@host");
      };
      const { refusal, proxy } = await assertRefused(t, "not_authorized", 500, { authorize });
      assert.doesNotMatch(JSON.stringify(refusal), /password/);
      assert.match(proxy.failures[0].cause.message, /password/);
    });

    test("a body that it has read is reported as such", PATIENCE, async (t) => {
      const authorize = async (request) => Boolean(await request.text());
      const { refusal } = await assertRefused(t, "invalid_body", 500, { authorize });
      assert.match(refusal.message, /was read before/);
    });
  });
}
