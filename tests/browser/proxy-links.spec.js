// What `?url=` serves in the app's own origin: a player seeks in it, and nothing of it runs.

import { expect, test } from "../support/app-page.js";
import { serve } from "../support/serve.js";

/** A second of a tone: the smallest film that a player seeks in. */
function sound() {
  const samples = 8_000 * 30;
  const bytes = Buffer.alloc(44 + samples, 128);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(8_000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(samples, 40);
  return bytes;
}

test.describe("what a link leads to", () => {
  const CONTENT = {
    "/sound.wav": ["audio/wav", sound()],
    "/page.html": ["text/html", "<script>parent.postMessage('ran', '*')</script>"],
    "/drawing.svg": [
      "image/svg+xml",
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.postMessage("ran", "*")</script></svg>',
    ],
    "/script.js": ["text/javascript", "globalThis.ran = true"],
  };

  async function withLinks(open, work) {
    const ranges = [];
    const host = await serve((request, response) => {
      const [type, content] = CONTENT[request.url];
      const bytes = Buffer.from(content);
      const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
      if (!range)
        return response.writeHead(200, { "content-type": type, "accept-ranges": "bytes" }).end(bytes);
      ranges.push(request.headers.range);
      const part = bytes.subarray(+range[1], range[2] ? +range[2] + 1 : bytes.length);
      const where = `bytes ${range[1]}-${+range[1] + part.length - 1}/${bytes.length}`;
      const headers = { "content-type": type, "content-length": part.length, "content-range": where };
      response.writeHead(206, { ...headers, "accept-ranges": "bytes" }).end(part);
    });
    await open({ endpoint: "https://example.com/", linkHosts: [new URL(host.url).host] });
    await work((path) => `/api/viewcomfy?url=${encodeURIComponent(host.url + path)}`);
    await host.close();
    return ranges;
  }

  test("plays and seeks in a player", async ({ page, open }) => {
    const ranges = await withLinks(open, async (address) => {
      const duration = await page.evaluate(async (src) => {
        const player = document.body.appendChild(document.createElement("video"));
        player.src = src;
        await new Promise((resolve, reject) => {
          player.onloadeddata = resolve;
          player.onerror = () => reject(new Error(player.error.message));
        });
        player.currentTime = 29;
        await new Promise((resolve) => {
          player.onseeked = resolve;
        });
        return player.duration;
      }, address("/sound.wav"));
      expect(duration).toBe(30);
    });
    expect(ranges.length).toBeGreaterThan(0);
  });

  test("runs nothing in the app's origin", async ({ page, open }) => {
    await withLinks(open, async (address) => {
      const told = await page.evaluate(async ([html, svg, script]) => {
        const heard = [];
        addEventListener("message", ({ data }) => heard.push(data));
        for (const src of [html, svg]) {
          const frame = document.body.appendChild(document.createElement("iframe"));
          frame.src = src;
          await Promise.race([
            new Promise((resolve) => frame.addEventListener("load", resolve)),
            new Promise((resolve) => setTimeout(resolve, 1_000)),
          ]);
        }
        const loaded = await new Promise((resolve) => {
          const element = document.createElement("script");
          element.onload = () => resolve(true);
          element.onerror = () => resolve(false);
          element.src = script;
          document.body.append(element);
        });
        return { heard, loaded, ran: globalThis.ran };
      }, ["/page.html", "/drawing.svg", "/script.js"].map(address));
      expect(told).toEqual({ heard: [], loaded: false, ran: undefined });
    });
  });
});
