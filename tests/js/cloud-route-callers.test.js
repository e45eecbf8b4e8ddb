// Who may call the cloud route, and what it says while it is not set up.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createCloudRoute, fromEnv } from "../../pkg/cloud.js";
import { callerOf, describeCallers } from "../support/callers.js";
import { startCloudRoute } from "../support/cloud.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText, CREDENTIALS } from "../support/proxy.js";
import { describeForms } from "../support/refused-forms.js";

const DEPLOYMENT = "https://deployment.example.com/infer";

/** Takes every job, and has ended it by the time of the look-up. */
async function upstream(request, response) {
  const { searchParams } = new URL(request.url, "http://cloud");
  await bodyText(request);
  const taken = request.method === "POST";
  const records = searchParams.getAll("prompt_ids").map((promptId) => ({
    promptId,
    status: "success",
    completed: true,
    outputs: [],
  }));
  response
    .writeHead(taken ? 201 : 200, { "content-type": "application/json" })
    .end(JSON.stringify(taken ? { data: {} } : records));
}

const withDefaults = (options, baseUrl) => ({
  ...CREDENTIALS,
  apiUrl: DEPLOYMENT,
  baseUrl,
  liveEvents: false,
  pollMs: 5,
  ...options,
});

const ROUTE = {
  methods: ["POST", "GET"],
  unserved: "The route to the cloud API did not serve the request",
  takesUrlEncoded: true,
  upstream,
  start: (options, baseUrl) => startCloudRoute(withDefaults(options, baseUrl)),
  create: (options, baseUrl) => createCloudRoute(withDefaults(options, baseUrl)),
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

  test("authorize is asked of every kind of request", PATIENCE, async (t) => {
    const kinds = ["GET ?resume=x", "GET ?prompt_ids=x", "POST ?cancel=x", "GET ?url=https://x.example"];
    for (const kind of kinds) {
      const [method, url] = kind.split(" ");
      const seen = [];
      const authorize = (request) => {
        seen.push(`${request.method} ${new URL(request.url).search}`);
        return false;
      };
      await assertRefused(t, "not_authorized", 401, { authorize }, { method, url });
      assert.deepEqual(seen, [kind]);
    }
  });

  test("another site's page may not look, either", PATIENCE, async (t) => {
    const init = { method: "GET", url: "?prompt_ids=x", headers: { "sec-fetch-site": "cross-site" } };
    await assertRefused(t, "origin_not_allowed", 403, {}, init);
  });

  test("every answer says what the route can do, a refusal too", PATIENCE, async (t) => {
    const can = "resume, look-up, cancel";
    for (const options of [{}, { authorize: () => false }, { clientId: undefined }]) {
      const { response } = await answered(t, options);
      assert.equal(response.headers.get("viewcomfy-can"), can);
    }
    const { response } = await answered(
      t,
      { origins: ["https://app.example.com"] },
      { headers: { origin: "https://app.example.com" } },
    );
    assert.match(response.headers.get("access-control-expose-headers"), /viewcomfy-can, viewcomfy-prompt-id/);
  });

  test("ids that cannot be one are not asked for", PATIENCE, async (t) => {
    for (const id of ["", "a b", "../x", "x".repeat(301), "%00"]) {
      await assertRefused(
        t,
        "unknown_run",
        404,
        {},
        { method: "GET", url: `?resume=${encodeURIComponent(id)}` },
      );
      await assertRefused(
        t,
        "unknown_run",
        404,
        {},
        { method: "POST", url: `?cancel=${encodeURIComponent(id)}` },
      );
    }
    const ids = Array.from({ length: 101 }, (_, at) => `prompt_ids=${at}`).join("&");
    await assertRefused(t, "invalid_body", 400, {}, { method: "GET", url: `?${ids}` });
  });
});

describe("settings", () => {
  const missing = [
    [{ apiUrl: undefined }, /deployment.*VIEWCOMFY_API_URL/],
    [{ apiUrl: "my deployment" }, /VIEWCOMFY_API_URL/],
    [{ apiUrl: "https://id:local-secret@example.com" }, /name or password/],
    [{ baseUrl: "ftp://example.com" }, /cloud API.*baseUrl/],
    [{ baseUrl: "https://id:local-secret@example.com" }, /name or password/],
    [{ socketUrl: "nonsense" }, /socketUrl/],
    [{ clientId: undefined, clientSecret: undefined }, /VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET/],
    [{ clientSecret: "local-secret\nlocal-secret" }, /VIEWCOMFY_CLIENT_SECRET.*copy it again/],
    [{ token: "local-secret ü" }, /VIEWCOMFY_TOKEN.*copy it again/],
    [{ token: () => undefined }, /token/],
    [
      {
        token: () => {
          throw new Error("local-secret");
        },
      },
      /token/,
    ],
  ];
  for (const [options, message] of missing) {
    test(`answered at each request: ${message}`, PATIENCE, async (t) => {
      const { refusal } = await assertRefused(t, "not_configured", 500, options);
      assert.match(refusal.message, message);
      assert.doesNotMatch(refusal.message, /local-secret/);
    });
  }

  const wrong = [
    undefined,
    { apiUrl: 5 },
    { baseUrl: {} },
    { socketUrl: false },
    { clientId: 5 },
    { token: 5 },
    { authorize: true },
    { workflowApi: "false" },
    { maxBodyBytes: -1 },
    { linkHosts: ["*"] },
    { origins: "*" },
    { outputs: "both" },
    { liveEvents: 1 },
    { io: {} },
    { cancelOnLeave: "yes" },
    { timeoutMs: Number.NaN },
    { callTimeoutMs: "60" },
    { pollMs: -1 },
    { patienceMs: null, pollMs: Number.POSITIVE_INFINITY },
    { fetch: {} },
    { onFailure: "log" },
    { endpoint: DEPLOYMENT },
  ];
  for (const options of wrong) {
    test(`a type error: ${JSON.stringify(options)}`, () => {
      assert.throws(() => createCloudRoute(options), TypeError);
    });
  }

  test("from an environment, without what is empty and the ends of lines", () => {
    assert.deepEqual(
      fromEnv({
        VIEWCOMFY_API_URL: "https://example.com\n",
        VIEWCOMFY_CLIENT_ID: " id",
        VIEWCOMFY_CLIENT_SECRET: "",
      }),
      {
        apiUrl: "https://example.com",
        baseUrl: undefined,
        clientId: "id",
        clientSecret: undefined,
        token: undefined,
      },
    );
    createCloudRoute(fromEnv({}));
  });
});
