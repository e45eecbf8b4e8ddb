// The built documentation's live example of the tags: it runs without a server, because a function in the page draws.

import { fileURLToPath } from "node:url";

import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import sirv from "sirv";

import { buildDocs } from "../../scripts/docs.js";
import { serve } from "../support/serve.js";

const SITE = fileURLToPath(new URL("../../docs/site/.vitepress/dist", import.meta.url));

const test = base.extend({
  /** The address of the built site. */
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      await buildDocs();
      const files = sirv(SITE, { dev: true });
      const { url, close } = await serve((request, response) =>
        files(request, response, () => response.writeHead(404).end()),
      );
      await use(url);
      await close();
    },
    { scope: "worker", timeout: 900_000 },
  ],

  /** Opens the guide; what was asked for is kept, and what the page complains about fails the test. */
  guide: async ({ page, site }, use) => {
    const complaints = [];
    const asked = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("request", (request) => asked.push({ method: request.method(), url: request.url() }));
    await page.goto(`${site}/guide/element`);
    await page.locator("viewcomfy-app").scrollIntoViewIfNeeded();
    await expect(page.getByLabel("Cfg", { exact: true })).toBeVisible();
    await use({ asked });
    expect(complaints).toEqual([]);
  },
});

// One worker builds the site, once.
test.describe.configure({ mode: "serial" });

test("Run draws the prompt and the exact seed, and nothing leaves the page", async ({
  page,
  site,
  guide,
  context,
}) => {
  await expect(page.getByText("No model runs, and nothing is sent.")).toBeVisible();
  const app = page.locator("viewcomfy-app");
  await app.getByLabel("Text", { exact: true }).first().fill("a red fox");
  await app.getByLabel("Seed", { exact: true }).fill("18446744073709551615");
  const steps = await app.evaluateHandle((tag) => {
    const seen = [];
    tag.addEventListener("progress", ({ detail }) => seen.push(detail.progress.step));
    return seen;
  });
  const picture = app.getByRole("img", { name: "Output drawn_18446744073709551615.png" });
  await app.getByRole("button", { name: "Run", exact: true }).click();
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(768);
  expect(await steps.jsonValue()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const first = await pixels(picture);
  await context.setOffline(true);
  await app.getByLabel("Text", { exact: true }).first().fill("a blue fox");
  await app.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => app.evaluate((tag) => tag.status)).toBe("done");
  expect(await pixels(picture)).not.toBe(first);
  const { asked } = guide;
  expect(
    asked.filter(
      ({ method, url }) => method !== "GET" || !/^(?:blob:|data:)/.test(url.replace(site, "data:")),
    ),
  ).toEqual([]);
  expect(asked.filter(({ url }) => url.includes("/api/"))).toEqual([]);
});

test("a run that is cancelled draws nothing", async ({ page, guide }) => {
  expect(guide.asked.length).toBeGreaterThan(0);
  const app = page.locator("viewcomfy-app");
  const result = await app.evaluate((tag) => {
    tag.addEventListener("progress", () => tag.cancel(), { once: true });
    return tag.run();
  });
  expect(result).toBe(null);
  expect(await app.evaluate((tag) => tag.status)).toBe("cancelled");
  await expect(app.getByRole("img", { name: /^Output / })).toHaveCount(0);
});

test("the example is accessible in both colour schemes, and the program in the guide is the one that draws", async ({
  page,
  guide,
}) => {
  expect(guide.asked.length).toBeGreaterThan(0);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include(".live").analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
  await page.getByText("drawn-backend.js", { exact: true }).click();
  await expect(page.getByText("export async function drawInstead(request)")).toBeVisible();
});

/** What a picture shows, as one text. */
function pixels(picture) {
  return picture.evaluate(async (image) => {
    await image.decode();
    const canvas = new OffscreenCanvas(96, 64);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 96, 64);
    return String(context.getImageData(0, 0, 96, 64).data);
  });
}
