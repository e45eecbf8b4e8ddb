// The form on its way through a proxy, over HTTP: what the deployment gets, and what it never hears of.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PATIENCE } from "../support/patience.js";
import { bodyText, formOf, refusalOf, startProxy } from "../support/proxy.js";
import { serve } from "../support/serve.js";

const latin1 = (text) => new Uint8Array(Buffer.from(text, "latin1"));

describe("over HTTP", () => {
  let upstream;
  let proxy;
  let got;

  before(async () => {
    upstream = await serve(async (request, response) => {
      const body = bodyText(request).catch(() => "broke off");
      got = { headers: request.headers, body, count: got.count + 1 };
      await body;
      response.writeHead(201, { "content-type": "application/json" }).end("{}");
    });
    proxy = await startProxy({
      endpoint: `${upstream.url}/infer?keep=1`,
      workflowApi: false,
      maxBodyBytes: 300_000,
    });
  });
  after(() => Promise.all([proxy.close(), upstream.close()]));

  const post = (body, headers = {}) => {
    got = { count: 0 };
    return fetch(`${proxy.url}/api?page=1`, { method: "POST", body, headers, duplex: "half" });
  };

  test("the deployment gets the form, the credentials and nothing else", PATIENCE, async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(20_000));
    const image = new File([bytes], 'a"\r\nß.png', { type: "image/png" });
    const response = await post(formOf({ "5-inputs-image": image, "6-inputs-name": "on-server.png" }), {
      cookie: "session=1",
      authorization: "Bearer of-the-page",
      "x-forwarded-for": "1.2.3.4",
      client_secret: "of the page",
    });
    assert.equal(response.status, 201);
    const { "content-type": type, host, ...headers } = got.headers;
    assert.deepEqual(Object.keys(headers).sort(), [
      "accept",
      "accept-encoding",
      "client_id",
      "client_secret",
      "connection",
      "content-length",
      "user-agent",
    ]);
    assert.equal(headers.client_secret, "local-secret");
    assert.match(type, /^multipart\/form-data; boundary=viewcomfy-[0-9a-f]{36}$/);
    const form = await new Response(latin1(await got.body), { headers: { "content-type": type } }).formData();
    assert.deepEqual([...form.keys()], ["params", "logs", "5-inputs-image", "6-inputs-name"]);
    assert.deepEqual(new Uint8Array(await form.get("5-inputs-image").arrayBuffer()), bytes);
    assert.equal(form.get("5-inputs-image").name, 'a"\r\nß.png');
    assert.equal(form.get("6-inputs-name"), "on-server.png");
  });

  test("a small form that is wrong does not reach the deployment", PATIENCE, async () => {
    const response = await post(formOf({ other: "x" }));
    const refusal = await refusalOf(response);
    assert.deepEqual([refusal.status, refusal.code], [400, "field_not_allowed"]);
    assert.match(refusal.message, /"other"/);
    assert.equal(got.count, 0);
  });

  test("what comes after the deployment was called is refused all the same", PATIENCE, async () => {
    const large = new Blob([new Uint8Array(200_000)]);
    for (const [field, value] of [
      ["other", "x"],
      ["workflow_api", "{}"],
    ]) {
      const refusal = await refusalOf(await post(formOf({ "5-inputs-image": large, [field]: value })));
      assert.deepEqual([refusal.status, refusal.code], [400, "field_not_allowed"]);
      assert.equal(got.count, 1);
      assert.equal(await got.body, "broke off");
    }
  });

  test("a body that is too large, by what it says and by what comes", PATIENCE, async () => {
    const form = formOf({ "5-inputs-image": new Blob([new Uint8Array(400_000)]) });
    assert.equal((await refusalOf(await post(form))).code, "too_large");
    assert.equal(got.count, 0);
    const streamed = new Response(form);
    const refusal = await refusalOf(
      await post(streamed.body, { "content-type": streamed.headers.get("content-type") }),
    );
    assert.deepEqual([refusal.status, refusal.code], [413, "too_large"]);
    assert.equal(await got.body, "broke off");
  });

  test("other types of body", PATIENCE, async () => {
    for (const body of ['{"params":{}}', new URLSearchParams({ params: "{}" }), ""]) {
      const refusal = await refusalOf(await post(body));
      assert.deepEqual([refusal.status, refusal.code], [415, "unsupported_type"]);
      assert.equal(got.count, 0);
    }
  });
});
