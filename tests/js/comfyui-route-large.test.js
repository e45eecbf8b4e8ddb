// Files of 256 MB both ways through the route in front of ComfyUI, in a process of its own, whose memory stays flat.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, before, describe, test } from "node:test";

import { PATIENCE } from "../support/patience.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { startSmallComfy } from "../support/small-comfyui.js";

const MB = 1024 * 1024;
const SIZE = 256 * MB;
/** As much as fills the young generation of Node's heap, which is not given back. */
const WARM = 64 * MB;
/** A length that base64 and chunks do not divide evenly. */
const CHUNK = crypto.getRandomValues(new Uint8Array(65_536 - 1));
/** Far below what passes; Node's own heap and buffers take some tens of MB until they are collected. */
const FLAT = 64 * MB;
const WORKFLOW = '{"1":{"class_type":"LoadImage","inputs":{"image":"none.png"}}}';
const IMAGE = { images: [{ filename: "big.png", subfolder: "", type: "output" }] };

function* content(size, from = 0) {
  let at = from;
  while (at < size) {
    const offset = at % CHUNK.length;
    const piece = CHUNK.subarray(offset, offset + Math.min(CHUNK.length - offset, size - at));
    yield piece;
    at += piece.length;
  }
}

function digestOf(chunks) {
  const hash = createHash("sha256");
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return `${size} ${hash.digest("hex")}`;
}

function formWithFile(size) {
  const part = (name, more = "") => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const head = `${part("logs")}false\r\n${part("workflow_api")}${WORKFLOW}\r\n${part("1-inputs-image", '; filename="a.png"')}`;
  function* pieces() {
    yield Buffer.from(head);
    yield* content(size);
    yield Buffer.from("\r\n--b--\r\n");
  }
  const iterator = pieces();
  const body = new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
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

describe("256 MB", () => {
  let size = 0;
  let uploaded;
  let breaks = 0;
  let served = 0;
  let comfy;
  const routes = {};

  before(async () => {
    comfy = await startSmallComfy({
      outputs: { 9: IMAGE },
      async upload(request) {
        const hash = createHash("sha256");
        let count = 0;
        for await (const chunk of request) {
          hash.update(chunk);
          count += chunk.length;
        }
        uploaded = count;
      },
      async view(response, request) {
        const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
        const whole = { "content-length": size - from, etag: '"one"', "content-type": "image/png" };
        const part = { ...whole, "content-range": `bytes ${from}-${size - 1}/${size}` };
        response.writeHead(from > 0 ? 206 : 200, from > 0 ? part : whole);
        const until = breaks > 0 ? from + Math.floor((size - from) / 6) : size;
        const pieces = function* () {
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
        };
        await pipeline(Readable.from(pieces()), response).catch(() => {});
      },
    });
    for (const outputs of ["inline", "link"])
      routes[outputs] = await startProxyProcess({ servers: [comfy.url], outputs }, "comfyui");
  });
  after(() => Promise.all([comfy.close(), ...Object.values(routes).map((route) => route.close())]));

  /** Runs twice, small to warm up and large, and says by how much the most memory grew. */
  async function assertFlat(t, route, work) {
    await work(WARM);
    const { rss: warm } = await route.asked();
    await work(SIZE);
    const { rss: most } = await route.asked();
    const grown = most - warm;
    t.diagnostic(`${Math.round(SIZE / MB)} MB took ${Math.round(grown / MB)} MB more`);
    assert.ok(grown < FLAT, `${grown} bytes more`);
  }

  test("in", PATIENCE, async (t) => {
    await assertFlat(t, routes.link, async (bytes) => {
      size = 10;
      const response = await fetch(`${routes.link.url}/api`, formWithFile(bytes));
      assert.equal(response.status, 201, await response.text());
      assert.ok(uploaded > bytes && uploaded < bytes + 2_000);
    });
  });

  const form = () => new URLSearchParams({ params: "{}", logs: "true", workflow_api: WORKFLOW });

  test("out, as base64 in the result, over downloads that break five times", PATIENCE, async (t) => {
    await assertFlat(t, routes.inline, async (bytes) => {
      [size, breaks, served] = [bytes, 5, 0];
      const response = await fetch(`${routes.inline.url}/api`, { method: "POST", body: form() });
      const { digest, told } = await readOutput(response);
      assert.equal(digest, digestOf(content(bytes)));
      assert.equal(told, bytes);
      assert.equal(breaks, 0);
      assert.ok(served < bytes * 1.05, `${served} of ${bytes}`);
    });
  });

  test("out, by a link", PATIENCE, async (t) => {
    await assertFlat(t, routes.link, async (bytes) => {
      [size, breaks] = [bytes, 0];
      const response = await fetch(`${routes.link.url}/api`, {
        method: "POST",
        body: new URLSearchParams({ ...Object.fromEntries(form()), logs: "false" }),
      });
      const [{ filepath }] = (await response.json()).outputs;
      const hash = createHash("sha256");
      let count = 0;
      for await (const chunk of (await fetch(new URL(filepath, routes.link.url))).body) {
        hash.update(chunk);
        count += chunk.length;
      }
      assert.equal(`${count} ${hash.digest("hex")}`, digestOf(content(bytes)));
    });
  });
});

/** Decodes the one output of a streamed result while it arrives. */
async function readOutput(response) {
  const hash = createHash("sha256");
  let count = 0;
  let text = "";
  let inside = false;
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString("latin1");
    if (!inside && text.includes('"data":"')) {
      text = text.slice(text.indexOf('"data":"') + 8);
      inside = true;
    }
    if (!inside) continue;
    const end = text.indexOf('"');
    const whole = end >= 0 ? end : text.length - (text.length % 4);
    const bytes = Buffer.from(text.slice(0, whole), "base64");
    hash.update(bytes);
    count += bytes.length;
    text = text.slice(whole);
  }
  return { digest: `${count} ${hash.digest("hex")}`, told: Number(/"size":(\d+)/.exec(text)[1]) };
}
