// The client's options, checked at the door.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";

const endpoint = "http://127.0.0.1:1/infer";

before(() => init());

/** Asserts that no client comes of these options. */
function refuses(options, code, facts) {
  return assertFailure(() => new lib.ViewComfyClient(options), code, facts);
}

test("an endpoint is needed", async () => {
  for (const given of [undefined, null, ""]) await refuses({ endpoint: given }, "missing_endpoint");
  await refuses({}, "missing_endpoint");
  await assertFailure(() => new lib.ViewComfyClient(), "missing_endpoint");
});

test("half of a pair of credentials is an error that names the other half", async () => {
  await refuses({ endpoint, clientId: "id" }, "missing_credentials", { message: /clientSecret/ });
  await refuses({ endpoint, clientSecret: "s3cret-value" }, "missing_credentials", {
    message: (text) => /clientId/.test(text) && !text.includes("s3cret-value"),
  });
});

test("a pair, a token, or neither will do", () => {
  const given = [
    { clientId: "id", clientSecret: "secret" },
    { token: "token" },
    { token: () => "token" },
    {},
    { headers: { "x-session": "1" } },
  ];
  for (const options of given) assert.ok(new lib.ViewComfyClient({ endpoint, ...options }));
  assert.ok(new lib.ViewComfyClient({ endpoint: new URL(endpoint) }));
});

describe("an option of the wrong type", () => {
  const wrong = {
    endpoint: 5,
    clientId: 5,
    token: 5,
    credentials: "sometimes",
    fetch: "fetch",
    timeoutMs: "soon",
    waitingAfterSeconds: "soon",
    rewriteUrl: "url",
    headers: 5,
  };
  for (const [name, value] of Object.entries(wrong)) {
    test(name, async () => {
      const pair = name === "clientId" ? { clientSecret: "secret" } : {};
      await refuses({ endpoint, ...pair, [name]: value }, "invalid_param", { message: new RegExp(name) });
    });
  }

  for (const timeoutMs of [-1, Number.NaN]) {
    test(`timeoutMs ${timeoutMs}`, () =>
      refuses({ endpoint, timeoutMs }, "invalid_param", { message: /timeoutMs/ }));
  }
});

test("no secret shows in a client", () => {
  const client = new lib.ViewComfyClient({ endpoint, clientId: "id", clientSecret: "s3cret-value" });
  assert.ok(!JSON.stringify(client).includes("s3cret-value"));
  assert.ok(!`${client}`.includes("s3cret-value"));
});

test("no secret of a wrong type shows in the message", async () => {
  const boxed = Object("s3cret-value");
  const hidden = (text) => !text.includes("s3cret-value");
  const given = [{ token: boxed }, { token: ["s3cret-value"] }, { clientId: "id", clientSecret: boxed }];
  for (const options of given) await refuses({ endpoint, ...options }, "invalid_param", { message: hidden });
});

test("a client is made with new", () => {
  assert.throws(() => lib.ViewComfyClient({ endpoint }), TypeError);
});
