// Who may call the proxy, and what it says while it is not set up.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createProxy, fromEnv } from "../../pkg/proxy.js";
import { callerOf, describeCallers } from "../support/callers.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText, CREDENTIALS, startProxy } from "../support/proxy.js";
import { describeForms } from "../support/refused-forms.js";

const PROXY = {
  methods: ["POST"],
  unserved: "The proxy did not pass the request on",
  takesUrlEncoded: false,
  upstream: async (request, response) => {
    await bodyText(request);
    response.writeHead(201, { "content-type": "application/json" }).end("{}");
  },
  start: (options, endpoint) => startProxy({ endpoint, ...options }),
  create: (options, endpoint) => createProxy({ ...CREDENTIALS, endpoint, ...options }),
};

const caller = callerOf(PROXY);
const { answered, assertRefused } = caller;
describeCallers(PROXY, caller);
describeForms(PROXY, caller);

test("GET is answered where there are hosts for links", PATIENCE, async (t) => {
  const options = { linkHosts: ["example.com"] };
  const { response } = await assertRefused(t, "method_not_allowed", 405, options, { method: "PUT" });
  assert.equal(response.headers.get("allow"), "POST, GET");
});

describe("settings", () => {
  const missing = [
    [{ endpoint: undefined }, /VIEWCOMFY_API_URL/],
    [{ endpoint: "" }, /VIEWCOMFY_API_URL/],
    [{ endpoint: "my deployment" }, /VIEWCOMFY_API_URL/],
    [{ endpoint: "ftp://example.com" }, /VIEWCOMFY_API_URL/],
    [{ endpoint: "https://id:local-secret@example.com" }, /name or password/],
    [{ clientId: undefined, clientSecret: undefined }, /VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET/],
    [{ clientSecret: undefined }, /VIEWCOMFY_CLIENT_SECRET/],
    [{ clientId: "" }, /VIEWCOMFY_CLIENT_ID/],
    [{ clientSecret: "local-secret\nlocal-secret" }, /VIEWCOMFY_CLIENT_SECRET.*copy it again/],
    [{ token: "local-secret ü" }, /VIEWCOMFY_TOKEN.*copy it again/],
    [{ token: () => undefined }, /token/],
    [{ token: () => "local-secret\r\nx: y" }, /token/],
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
    { endpoint: 5 },
    { clientId: 5 },
    { clientSecret: {} },
    { token: 5 },
    { authorize: true },
    { workflowApi: "false" },
    { maxBodyBytes: -1 },
    { maxBodyBytes: "1MB" },
    { timeoutMs: Number.NaN },
    { linkHosts: "example.com" },
    { linkHosts: ["*"] },
    { linkHosts: ["*.com"] },
    { linkHosts: ["https://example.com"] },
    { linkHosts: ["example.com/path"] },
    { linkHosts: ["user@example.com"] },
    { linkHosts: [""] },
    { origins: "*" },
    { origins: ["*.example.com"] },
    { origins: ["null"] },
    { origins: ["https://app.example.com/path"] },
    { fetch: {} },
    { onFailure: "log" },
  ];
  for (const options of wrong) {
    test(`a type error: ${JSON.stringify(options)}`, () => {
      assert.throws(() => createProxy(options), TypeError);
    });
  }

  test("from an environment, without what is empty and the ends of lines", () => {
    assert.deepEqual(
      fromEnv({
        VIEWCOMFY_API_URL: "https://example.com\n",
        VIEWCOMFY_CLIENT_ID: " id",
        VIEWCOMFY_CLIENT_SECRET: "",
        VIEWCOMFY_TOKEN: {},
        PATH: "/bin",
      }),
      { endpoint: "https://example.com", clientId: "id", clientSecret: undefined, token: undefined },
    );
    assert.deepEqual(Object.values(fromEnv({})), Array(4).fill(undefined));
  });

  test("a log that fails does not fail the answer", PATIENCE, async (t) => {
    const onFailure = () => {
      throw new Error("disk full");
    };
    const { response } = await answered(t, { authorize: () => false, onFailure });
    assert.equal(response.status, 401);
  });
});
