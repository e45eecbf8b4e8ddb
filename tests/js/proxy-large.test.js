// 256 MB both ways through a proxy in a process of its own, whose memory stays flat.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { PATIENCE } from "../support/patience.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { serve } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const MB = 1024 * 1024;
const SIZE = 256 * MB;
const CHUNK = crypto.getRandomValues(new Uint8Array(65_536));
/** Far below what passes; Node's own heap and buffers take some tens of MB until they are collected. */
const FLAT = 64 * MB;

/** The fingerprint of a body and its length. */
async function digest(body) {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.length;
  }
  return `${size} bytes, ${hash.digest("hex")}`;
}

/** The form of a file of this size, made as it is sent. */
function formWithFile(size) {
  const head =
    '--b\r\nContent-Disposition: form-data; name="params"\r\n\r\n{}\r\n' +
    '--b\r\nContent-Disposition: form-data; name="5-inputs-image"; filename="a.bin"\r\n\r\n';
  async function* pieces() {
    yield Buffer.from(head);
    for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK;
    yield Buffer.from("\r\n--b--\r\n");
  }
  const iterator = pieces();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return {
    method: "POST",
    body,
    duplex: "half",
    headers: { "content-type": "multipart/form-data; boundary=b" },
  };
}

/** Runs twice, small to warm up and large, and says by how much the most memory grew. */
async function growth(t, proxy, work) {
  await work(8 * MB);
  const { rss: warm } = await proxy.asked();
  await work(SIZE);
  const { rss: most } = await proxy.asked();
  const grown = most - warm;
  t.diagnostic(`proxy's memory: ${(warm / MB).toFixed(0)} MB warm, at most ${(most / MB).toFixed(0)} MB`);
  assert.ok(grown < FLAT, `the proxy's memory grew by ${(grown / MB).toFixed(0)} MB`);
}

describe("a result", () => {
  let endpoint;
  before(async () => {
    endpoint = await startSmallEndpoint();
  });
  after(() => endpoint.close());

  for (const logs of ["true", "false"]) {
    test(`of 256 MB, ${logs === "true" ? "streamed" : "plain"}`, PATIENCE, async (t) => {
      const form = () => {
        const data = new FormData();
        data.append("params", "{}");
        data.append("logs", logs);
        return data;
      };
      const address = (bytes) => `${endpoint.url}/large?bytes=${bytes}`;
      const small = await startProxyProcess({ endpoint: address(8 * MB) });
      const large = await startProxyProcess({ endpoint: address(SIZE) });
      t.after(() => Promise.all([small.close(), large.close()]));
      const read = async (url) => digest((await fetch(url, { method: "POST", body: form() })).body);
      await read(small.url);
      const { rss: warm } = await small.asked();
      const through = await read(large.url);
      const { rss: most } = await large.asked();
      t.diagnostic(
        `proxy's memory: ${(warm / MB).toFixed(0)} MB with 8 MB, ${(most / MB).toFixed(0)} MB with 256 MB`,
      );
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
    assert.ok(rss < 160 * MB, `${(rss / MB).toFixed(0)} MB`);
    leaving.abort();
    await response.body.cancel().catch(() => {});
  });
});

describe("an upload", () => {
  test("of 256 MB", PATIENCE, async (t) => {
    let got;
    const upstream = await serve(async (request, response) => {
      got = await digest(contentOfLastPart(request));
      response.writeHead(201, { "content-type": "application/json" }).end("{}");
    });
    const proxy = await startProxyProcess({ endpoint: upstream.url });
    t.after(() => Promise.all([proxy.close(), upstream.close()]));
    await growth(t, proxy, async (size) => {
      const response = await fetch(proxy.url, formWithFile(size));
      assert.equal(response.status, 201);
      const pieces = (function* () {
        for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK;
      })();
      assert.equal(got, await digest(pieces));
    });
  });

  test("waits when the deployment does not take it", PATIENCE, async (t) => {
    const upstream = await serve((_, response) => response.on("close", () => {}));
    const proxy = await startProxyProcess({ endpoint: upstream.url });
    t.after(() => Promise.all([proxy.close(), upstream.close()]));
    await proxy.asked();
    const leaving = new AbortController();
    const upload = fetch(proxy.url, { ...formWithFile(SIZE), signal: leaving.signal });
    const ended = assert.rejects(upload);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { rss } = await proxy.asked();
    t.diagnostic(`proxy's memory with a deployment that does not read: ${(rss / MB).toFixed(0)} MB`);
    assert.ok(rss < 160 * MB, `${(rss / MB).toFixed(0)} MB`);
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
