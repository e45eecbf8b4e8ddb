// The README's React component in a page, as it stands.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "@playwright/test";

import { bundleApp } from "../support/bundled-app.js";
import { startEndpoint } from "../support/endpoint.js";
import { blocksOf } from "../support/readme-examples.js";
import { requests } from "../support/requests.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(".cache", "readme-app");
const MOUNT = `
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import init, { ViewComfyClient } from "viewcomfy-wasm";
await init("/pkg/viewcomfy_wasm_bg.wasm");
const client = new ViewComfyClient({ endpoint: "/infer", clientId: "local-id", clientSecret: "local-secret" });
createRoot(document.body.appendChild(document.createElement("main"))).render(
  <StrictMode><Fox client={client} /></StrictMode>,
);
`;

test("the component of the README runs, and shows its picture", async ({ page }) => {
  const [component, ...more] = blocksOf("README.md", "jsx");
  expect(more).toEqual([]);
  mkdirSync(join(root, FOLDER), { recursive: true });
  writeFileSync(join(root, FOLDER, "main.jsx"), component + MOUNT);
  const script = await bundleApp(join(FOLDER, "main.jsx"));
  const endpoint = await startEndpoint({ speed: 20 });
  try {
    await page.route("**/readme-app.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body: script }),
    );
    await page.route("**/readme-app", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: '<script type="module" src="/readme-app.js"></script>',
      }),
    );
    await page.goto(`${endpoint.url}/readme-app`);
    await page.getByRole("button", { name: "Run" }).click();
    await expect(page.getByRole("button", { name: "cancel" })).toBeVisible();
    const picture = page.getByRole("img", { name: "A red fox" });
    await expect(picture).toHaveJSProperty("complete", true);
    expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
    expect((await requests(endpoint.url)).length).toBe(1);
  } finally {
    await endpoint.close();
  }
});
