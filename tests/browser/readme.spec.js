// The README's Run button, in a real page.

import { expect, test } from "../support/guide-in-browser.js";
import { blocksOf } from "../support/readme-examples.js";
import { forgetRequests, requestArrived, requests, settledRequest } from "../support/requests.js";

const [component] = blocksOf("README.md", "jsx");
const MAIN = `${component}
  import { StrictMode } from "react";
  import { createRoot } from "react-dom/client";
  createRoot(document.querySelector("main")).render(<StrictMode><Fox /></StrictMode>);`;
const openFox = (open, fault) => open({ guide: "react", main: MAIN, body: "<main></main>", fault });

test.beforeEach(({ endpoint }) => forgetRequests(endpoint.url));

test("Run shows the image, and another run the next one", async ({ page, open, endpoint }) => {
  await openFox(open);
  const image = page.getByRole("img");
  const button = page.getByRole("button", { name: "Run" });
  await button.click();
  await expect(image).toBeVisible();
  const first = await image.getAttribute("src");
  expect(await image.evaluate((shown) => shown.decode().then(() => shown.naturalWidth))).toBeGreaterThan(0);
  const sent = await settledRequest(endpoint.url);
  expect(sent.authorized_by).toBe("client");
  expect(sent.params).toMatch(/^\{"6-inputs-text":"a red fox in the snow","3-inputs-seed":\d+\}$/);
  await button.click();
  await expect(image).not.toHaveAttribute("src", first);
  expect(await requests(endpoint.url)).toHaveLength(2);
});

test("Cancel ends the run", async ({ page, open, endpoint }) => {
  await openFox(open, "silent");
  await page.getByRole("button", { name: "Run" }).click();
  await requestArrived(endpoint.url);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Run" })).toBeEnabled();
  expect((await settledRequest(endpoint.url)).state).toBe("cancelled");
});

test("a failed run says why", async ({ page, open }) => {
  await openFox(open, "error_event");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
});

test("without the wasm it says why", async ({ page, open }) => {
  await page.route(/\.wasm$/, (route) => route.fulfill({ body: "a page", contentType: "application/wasm" }));
  await openFox(open);
  await expect(page.getByRole("alert")).toContainText("wasm");
  await expect(page.getByRole("button", { name: "Run" })).toBeDisabled();
});
