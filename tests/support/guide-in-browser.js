// Playwright's test with an app whose page is made of a guide's blocks: bundled like an app's own build and served by the
// app of the Node tests with its real proxy.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { test as base, expect } from "@playwright/test";
import { bundleApp } from "./bundled-app.js";
import { startEndpoint } from "./endpoint.js";
import { standardRoute, startApp } from "./guide-app.js";
import { blocksOf } from "./guide-blocks.js";

export { expect };

const root = fileURLToPath(new URL("../../", import.meta.url));
const ICON = "docs/site/public/icon.svg";
/** The files beside a bundled app's module. */
const BESIDE = {
  "viewcomfy_wasm_bg.wasm": "application/wasm",
  "viewcomfy_inspect_bg.wasm": "application/wasm",
  "definitions.json": "application/json",
};

export const test = base.extend({
  /** The deployment. */
  endpoint: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const endpoint = await startEndpoint({ speed: 100 });
      await use(endpoint);
      await endpoint.close();
    },
    { scope: "worker" },
  ],

  /** Opens a page: `open({ guide, main, body, headers, fault })`. Any error of the page fails the test. */
  open: async ({ page, endpoint }, use) => {
    const env = { VIEWCOMFY_API_URL: `${endpoint.url}/infer`, VIEWCOMFY_CLIENT_ID: "local-id" };
    Object.assign(process.env, env, { VIEWCOMFY_CLIENT_SECRET: "local-secret" });
    const routes = new Map();
    const app = await startApp({ endpoint: endpoint.url, routes });
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await use(async ({ guide, main, body, headers = {}, fault }) => {
      if (fault) routes.set("/api/viewcomfy", standardRoute(`/api/viewcomfy/${fault}`, endpoint.url));
      const script = await bundleGuide(guide, main);
      const html = `<!doctype html><html lang="en"><title>${guide}</title><link rel="icon" href="/icon.svg">${body}<script type="module" src="/app.js"></script></html>`;
      routes.set("/page", async () => answer(html, "text/html", headers));
      routes.set("/icon.svg", async () => answer(readFileSync(join(root, ICON)), "image/svg+xml"));
      routes.set("/app.js", async () => answer(script, "text/javascript"));
      for (const [name, type] of Object.entries(BESIDE)) {
        routes.set(`/${name}`, async () => answer(readFileSync(join(root, "pkg", name)), type));
      }
      await page.goto(`${app.url}/page`);
    });
    expect(complaints).toEqual([]);
    await app.close();
  },
});

function answer(body, type, headers = {}) {
  return new Response(body, { headers: { "content-type": type, ...headers } });
}

/** The guide's files, and a main file that uses them, as one module. */
async function bundleGuide(guide, main) {
  const folder = join(".cache", "guides-in-browser", `${guide}-${process.pid}`);
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  for (const { file, code } of blocksOf(guide)) {
    if (file !== null && !file.includes("/")) writeFileSync(join(root, folder, file), code);
  }
  writeFileSync(join(root, folder, "main.jsx"), main);
  const text = await bundleApp(join(folder, "main.jsx"));
  rmSync(join(root, folder), { recursive: true, force: true });
  return text;
}
