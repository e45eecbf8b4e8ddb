// A real page with its own backend: the proxy between it and a deployment that lets no page call.

import { readFile } from "node:fs/promises";

import { test as base, expect } from "@playwright/test";

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { CREDENTIALS } from "../support/proxy.js";
import { forgetRequests, requestArrived, settledRequest } from "../support/requests.js";
import { serve } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>app</title><body></body></html>";
const TYPES = { js: "text/javascript", wasm: "application/wasm" };
const KEY = "3-inputs-seed";

/** A backend: a page, the package, and the proxy at /api/viewcomfy. */
function startApp(options) {
  const proxy = toNodeListener(createProxy({ ...CREDENTIALS, ...options }));
  return serve(async (request, response) => {
    const path = request.url.split("?")[0];
    if (path === "/api/viewcomfy") return proxy(request, response);
    const file = /^\/pkg\/[\w.-]+\.(js|wasm)$/.exec(path);
    if (!file) return response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    const content = await readFile(new URL(`../..${path}`, import.meta.url));
    response.writeHead(200, { "content-type": TYPES[file[1]] }).end(content);
  });
}

const test = base.extend({
  /** A deployment on another port that sends no CORS headers at all. */
  deployment: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 200 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  slow: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startSmallEndpoint({ speed: 2 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** Opens the app with these options of the proxy. */
  open: async ({ page }, use) => {
    const apps = [];
    await use(async (options) => {
      const app = await startApp(options);
      apps.push(app);
      await page.goto(app.url);
      return app;
    });
    await Promise.all(apps.map((app) => app.close()));
  },
});

/** In the page: a run through the proxy, described. */
async function run([way, key]) {
  const { default: init, ViewComfyClient } = await import("/pkg/index.js");
  await init();
  const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
  const picture = new File([new Uint8Array(200_000)], 'ä".png', { type: "image/png" });
  const logs = [];
  const params = { [key]: 1n, "52-inputs-image": picture };
  const result = await client[way]({
    params,
    ...(way === "inferWithLogs" && { onLog: (line) => logs.push(line) }),
  });
  const [{ file }] = result.outputs;
  const bitmap = await createImageBitmap(file);
  return { status: result.status, type: file.type, width: bitmap.width, logs: logs.length };
}

test("a deployment without CORS works through the app's own backend, and only so", async ({
  page,
  open,
  deployment,
}) => {
  const endpoint = `${deployment.url}/infer?fault=no_cors`;
  await open({ endpoint });
  const direct = await page.evaluate(
    async ([endpoint, key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const client = new ViewComfyClient({ endpoint, token: "local-token" });
      return client.infer({ params: { [key]: 1n } }).catch((error) => error.code);
    },
    [endpoint, KEY],
  );
  expect(direct).toBe("network");
  for (const way of ["inferWithLogs", "infer"]) {
    const told = await page.evaluate(run, [way, KEY]);
    expect(told).toMatchObject({ status: "success", type: "image/png" });
    expect(told.width).toBeGreaterThan(0);
    if (way === "inferWithLogs") expect(told.logs).toBeGreaterThan(3);
  }
});

test("the gateway's hops do not reach the page", async ({ page, open, deployment }) => {
  await open({ endpoint: `${deployment.url}/infer?fault=hops&hops=4` });
  const answers = [];
  page.on("response", (response) => answers.push(response.status()));
  expect(await page.evaluate(run, ["infer", KEY])).toMatchObject({ status: "success" });
  expect(answers.filter((status) => status >= 300)).toEqual([]);
});

test("cancel reaches the deployment", async ({ page, open, slow }) => {
  await forgetRequests(slow.url);
  await open({ endpoint: `${slow.url}/infer` });
  const ended = page.evaluate(
    async ([key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const leaving = new AbortController();
      globalThis.leave = () => leaving.abort();
      const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
      const request = { params: { [key]: 1n }, signal: leaving.signal, onLog() {} };
      return client.inferWithLogs(request).catch((error) => error.name);
    },
    [KEY],
  );
  await requestArrived(slow.url);
  await page.evaluate(() => globalThis.leave());
  expect(await ended).toBe("AbortError");
  expect((await settledRequest(slow.url)).state).toBe("cancelled");
});

test("a refusal during a large upload is told, not a broken connection", async ({
  page,
  open,
  deployment,
}) => {
  await open({ endpoint: `${deployment.url}/infer`, maxBodyBytes: 2_000_000 });
  const failure = await page.evaluate(async (key) => {
    const { default: init, ViewComfyClient } = await import("/pkg/index.js");
    await init();
    const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
    const video = new File([new Uint8Array(30_000_000)], "in.mp4");
    const params = { [key]: 1n, "5-inputs-video": video };
    const { code, status, message } = await client.infer({ params }).catch((error) => error);
    return { code, status, message };
  }, KEY);
  expect(failure).toMatchObject({ code: "http_status", status: 413 });
  expect(failure.message).toContain("larger than 2000000 bytes");
});

test("results that are links: shown, and downloaded", async ({ page, open, deployment }) => {
  const linkHosts = [new URL(deployment.url).host];
  await open({ endpoint: `${deployment.url}/infer?fault=link_output`, linkHosts });
  const told = await page.evaluate(
    async ([key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const rewriteUrl = (url) => `/api/viewcomfy?url=${encodeURIComponent(url)}`;
      const client = new ViewComfyClient({ endpoint: "/api/viewcomfy", rewriteUrl });
      const { outputs } = await client.infer({ params: { [key]: 1n } });
      const [{ url, file }] = outputs;
      const image = document.body.appendChild(new Image());
      image.src = url;
      await image.decode();
      const blob = await outputs[0].blob();
      const pixels = document.createElement("canvas").getContext("2d");
      pixels.drawImage(image, 0, 0);
      return {
        url,
        file,
        width: image.naturalWidth,
        type: blob.type,
        pixel: pixels.getImageData(0, 0, 1, 1).data.length,
      };
    },
    [KEY],
  );
  expect(told).toMatchObject({ file: null, type: "image/png", pixel: 4 });
  expect(told.url).toMatch(/^\/api\/viewcomfy\?url=http/);
  expect(told.width).toBeGreaterThan(0);
});

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

test("a page of another origin cannot call, unless it is listed", async ({ page, open, deployment }) => {
  const other = await open({ endpoint: `${deployment.url}/infer` });
  const listed = await startApp({ endpoint: `${deployment.url}/infer`, origins: [other.url] });
  const closed = await startApp({ endpoint: `${deployment.url}/infer` });
  const call = (url) =>
    page.evaluate(
      async ([endpoint, key]) => {
        const { default: init, ViewComfyClient } = await import("/pkg/index.js");
        await init();
        const client = new ViewComfyClient({ endpoint });
        return client.infer({ params: { [key]: 1n } }).then(
          ({ status }) => status,
          ({ code }) => code,
        );
      },
      [`${url}/api/viewcomfy`, KEY],
    );
  expect(await call(listed.url)).toBe("success");
  await forgetRequests(deployment.url);
  expect(await call(closed.url)).toBe("network");
  expect(await (await fetch(`${deployment.url}/requests`)).json()).toEqual([]);
  await Promise.all([listed.close(), closed.close()]);
});
