// Large files both ways through the route to the cloud API, in a process of its own, whose memory stays flat.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, before, describe, test } from "node:test";

import { assertFlat, content, digestOf, formWithFile, MB, readOutput, SIZE } from "../support/large-route.js";
import { PATIENCE } from "../support/patience.js";
import { CREDENTIALS } from "../support/proxy.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { serve } from "../support/serve.js";

describe(`${SIZE / MB} MB`, () => {
  let size = 0;
  let uploaded = 0;
  let breaks = 0;
  let served = 0;
  let api;
  let route;

  before(async () => {
    api = await serve(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url, api.url);
      const json = (status, value) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
      if (pathname === "/file") return sendFile(request, response);
      let count = 0;
      for await (const chunk of request) count += chunk.length;
      if (request.method !== "POST") return json(200, searchParams.getAll("prompt_ids").map(recordOf));
      uploaded = count;
      return json(201, { data: {} });
    });
    const where = { apiUrl: "https://deployment.example.com/infer", baseUrl: api.url };
    const how = {
      maxBodyBytes: 2 * SIZE,
      liveEvents: false,
      pollMs: 5,
      outputs: "inline",
      linkHosts: [new URL(api.url).host],
    };
    route = await startProxyProcess({ ...CREDENTIALS, ...where, ...how }, "cloud");
  });
  after(() => Promise.all([api.close(), route.close()]));

  /** Each run has ended by the time of its first look-up. */
  function recordOf(promptId) {
    const output = { filename: "big.png", contentType: "image/png", filepath: `${api.url}/file`, size };
    return { promptId, status: "success", completed: true, outputs: [output] };
  }

  async function sendFile(request, response) {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const whole = { "content-length": size - from, etag: '"one"', "content-type": "image/png" };
    const part = { ...whole, "content-range": `bytes ${from}-${size - 1}/${size}` };
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? part : whole);
    const until = breaks > 0 ? from + Math.floor((size - from) / 6) : size;
    function* pieces() {
      let at = from;
      for (const piece of content(size, from)) {
        if (breaks > 0 && at + piece.length > until) {
          breaks -= 1;
          throw new Error("broken off on request");
        }
        at += piece.length;
        served += piece.length;
        yield piece;
      }
    }
    await pipeline(Readable.from(pieces()), response).catch(() => {});
  }

  test("in", PATIENCE, async (t) => {
    await assertFlat(t, route, async (bytes) => {
      size = 10;
      const response = await fetch(`${route.url}/api`, formWithFile(bytes, { params: "{}", logs: "false" }));
      assert.equal(response.status, 201, await response.text());
      assert.ok(uploaded > bytes && uploaded < bytes + 2_000);
    });
  });

  test("out, as base64 in the result, over downloads that break five times", PATIENCE, async (t) => {
    await assertFlat(t, route, async (bytes) => {
      [size, breaks, served] = [bytes, 5, 0];
      const body = new URLSearchParams({ params: "{}", logs: "true" });
      const response = await fetch(`${route.url}/api`, { method: "POST", body });
      const { digest, told } = await readOutput(response);
      assert.equal(digest, await digestOf(content(bytes)));
      assert.deepEqual([told, breaks], [bytes, 0]);
      assert.ok(served < bytes * 1.05, `${served} of ${bytes}`);
    });
  });

  test("out, by a link", PATIENCE, async (t) => {
    await assertFlat(t, route, async (bytes) => {
      size = bytes;
      const link = new URL(`${route.url}/api`);
      link.searchParams.set("url", `${api.url}/file`);
      const { body } = await fetch(link);
      assert.equal(await digestOf(body), await digestOf(content(bytes)));
    });
  });
});
