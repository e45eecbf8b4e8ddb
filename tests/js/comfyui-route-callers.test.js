// Who may call the route in front of ComfyUI, with which forms, and what its options may be: what the proxy refuses, this refuses.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createComfyRoute } from "../../pkg/comfyui-node.js";
import { callerOf, describeCallers } from "../support/callers.js";
import { startRoute } from "../support/comfy-route.js";
import { PATIENCE } from "../support/patience.js";
import { formOf } from "../support/proxy.js";
import { describeForms } from "../support/refused-forms.js";
import { answerAsComfy } from "../support/small-comfyui.js";

const WORKFLOW = '{"1": {"class_type": "PreviewAny", "inputs": {"x": 0}}}';

/** The tests of all routes speak of credentials, which this one does not have. */
function withDefaults({ clientId: _, ...options }, server) {
  return { servers: [server], workflow: WORKFLOW, pollMs: 5, ...options };
}

const ROUTE = {
  methods: ["POST", "GET"],
  unserved: "The route to ComfyUI did not serve the request",
  takesUrlEncoded: true,
  upstream: answerAsComfy(),
  start: (options, server) => startRoute(withDefaults(options, server)),
  create: (options, server) => createComfyRoute(withDefaults(options, server)),
};

const caller = callerOf(ROUTE);
const { answered, assertRefused } = caller;
describeCallers(ROUTE, caller);
describeForms(ROUTE, caller);

describe("what is asked", () => {
  test("a GET that asks for nothing", PATIENCE, async (t) => {
    const { response } = await assertRefused(t, "method_not_allowed", 405, {}, { method: "GET" });
    assert.equal(response.headers.get("allow"), "POST, GET");
  });

  for (const kind of ["GET ?resume=x", "GET ?prompt_ids=x", "POST ?cancel=x", "GET ?view=x"]) {
    const [method, query] = kind.split(" ");
    test(`authorize is asked, and other sites' pages are refused: ${kind}`, PATIENCE, async (t) => {
      const seen = [];
      const authorize = (request) => {
        seen.push(`${request.method} ${new URL(request.url).search}`);
        return false;
      };
      await assertRefused(t, "not_authorized", 401, { authorize }, { method, url: query });
      assert.deepEqual(seen, [kind]);
      const headers = { "sec-fetch-site": "cross-site" };
      await assertRefused(t, "origin_not_allowed", 403, {}, { method, url: query, headers });
    });
  }

  test("every answer says what the route can do, a refusal as well", PATIENCE, async (t) => {
    for (const options of [{}, { authorize: () => false }, { servers: [] }]) {
      const { response } = await answered(t, options);
      assert.equal(response.headers.get("viewcomfy-can"), "resume, look-up, cancel");
    }
    const readable = await answered(t, { origins: ["*"] });
    const exposed = readable.response.headers.get("access-control-expose-headers");
    assert.match(exposed, /viewcomfy-can, viewcomfy-prompt-id/);
  });

  test("too many runs at once", PATIENCE, async (t) => {
    const url = `?${Array.from({ length: 201 }, (_, at) => `prompt_ids=${at}`).join("&")}`;
    await assertRefused(t, "invalid_params", 400, {}, { method: "GET", url });
  });
});

test("an empty workflow_api counts as none, where callers may send none as well", PATIENCE, async (t) => {
  const init = { method: "POST", body: formOf({ workflow_api: "" }) };
  assert.equal((await answered(t, { workflowApi: false }, init)).response.status, 201);
  assert.equal((await answered(t, {}, init)).response.status, 201);
});

describe("settings", () => {
  test("no server", PATIENCE, async (t) => {
    const { refusal } = await assertRefused(t, "not_configured", 500, { servers: [] });
    assert.match(refusal.message, /set servers/);
  });

  const servers = ["http://127.0.0.1:8188"];
  const wrong = [
    undefined,
    { servers: "http://127.0.0.1:8188" },
    { servers: ["127.0.0.1"] },
    { servers: ["ftp://example.com"] },
    { servers: ["http://example.com?x=1"] },
    { servers: ["http://user:password@example.com"] },
    ...[{ headers: "x" }, { headers: { "a b": "x" } }, { headers: { a: "x\ny" } }, { headers: { a: 5 } }],
    ...[
      { outputs: "both" },
      { previews: "yes" },
      { workflowApi: 1 },
      { leaveMs: -1 },
      { pollMs: Number.NaN },
    ],
    ...[{ secret: 5 }, { WebSocket: {} }, { fetch: {} }, { authorize: true }, { onFailure: "log" }],
    ...[{ origins: "*" }, { maxBodyBytes: "1MB" }, { timeoutMs: Number.POSITIVE_INFINITY }, { server: "x" }],
  ];
  for (const options of wrong) {
    test(`a type error: ${JSON.stringify(options)}`, () => {
      const given = options && { servers, ...options };
      assert.throws(
        () => createComfyRoute(given),
        (error) => {
          assert.ok(error instanceof TypeError);
          assert.doesNotMatch(error.message, /user:password/);
          return true;
        },
      );
    });
  }
});
