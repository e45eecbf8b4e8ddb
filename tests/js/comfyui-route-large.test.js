// Large files both ways through the route in front of ComfyUI, in a process of its own, whose memory stays flat.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, before, describe, test } from "node:test";

import { assertFlat, content, digestOf, formWithFile, MB, readOutput, SIZE } from "../support/large-route.js";
import { PATIENCE } from "../support/patience.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { startSmallComfy } from "../support/small-comfyui.js";

const WORKFLOW = '{"1":{"class_type":"LoadImage","inputs":{"image":"none.png"}}}';
const IMAGE = { images: [{ filename: "big.png", subfolder: "", type: "output" }] };

describe(`${SIZE / MB} MB`, () => {
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
        uploaded = 0;
        for await (const chunk of request) uploaded += chunk.length;
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
      routes[outputs] = await startProxyProcess(
        { servers: [comfy.url], outputs, maxBodyBytes: 2 * SIZE },
        "comfyui",
      );
  });
  after(() => Promise.all([comfy.close(), ...Object.values(routes).map((route) => route.close())]));

  test("in", PATIENCE, async (t) => {
    await assertFlat(t, routes.link, async (bytes) => {
      size = 10;
      const response = await fetch(
        `${routes.link.url}/api`,
        formWithFile(bytes, { logs: "false", workflow_api: WORKFLOW }),
      );
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
      assert.equal(digest, await digestOf(content(bytes)));
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
      const { body } = await fetch(new URL(filepath, routes.link.url));
      assert.equal(await digestOf(body), await digestOf(content(bytes)));
    });
  });
});
