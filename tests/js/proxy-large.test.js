// Large files both ways through a proxy in a process of its own, whose memory stays flat.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { assertFlat, content, digestOf, FLAT, formWithFile, MB, SIZE } from "../support/large-route.js";
import { PATIENCE } from "../support/patience.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { serve } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const WARM = 8 * MB;
/** Of who waits to be read, or to be taken from. */
const WAITING = 160 * MB;

describe("a result", () => {
  let endpoint;
  before(async () => {
    endpoint = await startSmallEndpoint();
  });
  after(() => endpoint.close());

  for (const logs of ["true", "false"]) {
    test(`of ${SIZE / MB} MB, ${logs === "true" ? "streamed" : "plain"}`, PATIENCE, async (t) => {
      const form = () => {
        const data = new FormData();
        data.append("params", "{}");
        data.append("logs", logs);
        return data;
      };
      const address = (bytes) => `${endpoint.url}/large?bytes=${bytes}`;
      const small = await startProxyProcess({ endpoint: address(WARM) });
      const large = await startProxyProcess({ endpoint: address(SIZE) });
      t.after(() => Promise.all([small.close(), large.close()]));
      const read = async (url) => digestOf((await fetch(url, { method: "POST", body: form() })).body);
      await read(small.url);
      const { rss: warm } = await small.asked();
      const through = await read(large.url);
      const { rss: most } = await large.asked();
      const told = [warm, WARM, most, SIZE].map((bytes) => Math.round(bytes / MB));
      t.diagnostic(`proxy's memory: ${told[0]} MB with ${told[1]} MB, ${told[2]} MB with ${told[3]} MB`);
      assert.equal(through, await read(address(SIZE)));
      assert.ok(most - warm < FLAT, `the proxy's memory grew by ${((most - warm) / MB).toFixed(0)} MB`);
    });
  }

  test("that nobody takes waits at the deployment", PATIENCE, async (t) => {
    const proxy = await startProxyProcess({ endpoint: `${endpoint.url}/large?bytes=${SIZE}` });
    t.after(() => proxy.close());
    await proxy.asked();
    const form = new FormData();
    form.append("params", "{}");
    const leaving = new AbortController();
    const response = await fetch(proxy.url, { method: "POST", body: form, signal: leaving.signal });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { rss } = await proxy.asked();
    t.diagnostic(`proxy's memory with a reader that does not read: ${(rss / MB).toFixed(0)} MB`);
    assert.ok(rss < WAITING, `${(rss / MB).toFixed(0)} MB`);
    leaving.abort();
    await response.body.cancel().catch(() => {});
  });
});

describe("an upload", () => {
  test(`of ${SIZE / MB} MB`, PATIENCE, async (t) => {
    let got;
    const upstream = await serve(async (request, response) => {
      got = await digestOf(contentOfLastPart(request));
      response.writeHead(201, { "content-type": "application/json" }).end("{}");
    });
    const proxy = await startProxyProcess({ endpoint: upstream.url });
    t.after(() => Promise.all([proxy.close(), upstream.close()]));
    const upload = async (size) => {
      const response = await fetch(proxy.url, formWithFile(size, { params: "{}" }));
      assert.equal(response.status, 201);
      assert.equal(got, await digestOf(content(size)));
    };
    await assertFlat(t, proxy, upload, WARM);
  });

  test("waits when the deployment does not take it", PATIENCE, async (t) => {
    const upstream = await serve((_, response) => response.on("close", () => {}));
    const proxy = await startProxyProcess({ endpoint: upstream.url });
    t.after(() => Promise.all([proxy.close(), upstream.close()]));
    await proxy.asked();
    const leaving = new AbortController();
    const upload = fetch(proxy.url, { ...formWithFile(SIZE, { params: "{}" }), signal: leaving.signal });
    const ended = assert.rejects(upload);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { rss } = await proxy.asked();
    t.diagnostic(`proxy's memory with a deployment that does not read: ${(rss / MB).toFixed(0)} MB`);
    assert.ok(rss < WAITING, `${(rss / MB).toFixed(0)} MB`);
    leaving.abort();
    await ended;
  });
});

/** What the last part of a rewritten form holds: behind the last head, without the closing boundary. */
async function* contentOfLastPart(request) {
  const closing = "\r\n--viewcomfy---\r\n".length + 36;
  let begun = false;
  let held = Buffer.alloc(0);
  for await (const chunk of request) {
    held = Buffer.concat([held, chunk]);
    if (!begun) {
      const file = held.indexOf("filename=");
      const start = file < 0 ? -1 : held.indexOf("\r\n\r\n", file);
      if (start < 0) continue;
      held = held.subarray(start + 4);
      begun = true;
    }
    const until = held.length - closing;
    if (until <= 0) continue;
    yield held.subarray(0, until);
    held = held.subarray(until);
  }
  assert.match(held.toString(), /^\r\n--viewcomfy-[0-9a-f]{36}--\r\n$/);
}
