// Playwright's test with a small app: a page whose backend serves the package and a proxy.

import { readFile } from "node:fs/promises";

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { test as base, expect } from "./api-page.js";
import { CREDENTIALS } from "./proxy.js";
import { serve } from "./serve.js";

export { expect };

const PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>app</title><body></body></html>";
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

/** A backend: a page, the package, and the proxy at /api/viewcomfy. */
export function startApp(options) {
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

export const test = base.extend({
  /** Opens the app with these options for the proxy. */
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
