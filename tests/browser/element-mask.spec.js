// Masks in <viewcomfy-app>: painted over the page or chosen as a file; what is painted is what is sent.

import { createHash } from "node:crypto";

import AxeBuilder from "@axe-core/playwright";

import { expect, status, test } from "../support/element-page.js";
import { readMask } from "../support/mask-png.js";
import { IMAGE, maskBytes, showMasked } from "../support/masked-form.js";
import { settledRequest } from "../support/requests.js";
import { drawPng } from "./page-driver.js";

const APP = '<viewcomfy-app endpoint="/api/viewcomfy" send-workflow></viewcomfy-app>';
const [WIDTH, HEIGHT] = [320, 200];

const paintButton = (page) => page.getByRole("button", { name: /^Paint (?:a|on the) mask: Photo$/ });

async function openEditor(page) {
  await paintButton(page).click();
  const sheet = page.getByRole("application", { name: /^Mask of Photo/ });
  await expect(sheet).toBeFocused();
  return sheet;
}

async function stroke(page, sheet, from, to) {
  const box = await sheet.boundingBox();
  const onScreen = ([x, y]) => [box.x + (x / WIDTH) * box.width, box.y + (y / HEIGHT) * box.height];
  await page.mouse.move(...onScreen(from));
  await page.mouse.down();
  await page.mouse.move(...onScreen(to), { steps: 8 });
  await page.mouse.up();
}

test.beforeEach(async ({ page, open }) => {
  await open(APP, { css: ":root { color-scheme: light dark; }" });
  await showMasked(page, WIDTH, HEIGHT);
});

test("what is painted is sent, in the picture's size and colours, and can be taken away", async ({
  page,
  endpoint,
}) => {
  const sheet = await openEditor(page);
  await stroke(page, sheet, [60, 100], [260, 100]);
  await page.getByRole("button", { name: "Use this mask" }).click();
  await expect(page.getByText("Mask: fox-mask.png")).toBeVisible();
  await expect(paintButton(page)).toBeFocused();
  const bytes = await maskBytes(page);
  const mask = readMask(bytes);
  expect([mask.width, mask.height]).toEqual([WIDTH, HEIGHT]);
  expect(mask.pixel(160, 100)).toEqual([0xcc, 0x66, 0x33, 0]);
  expect(mask.pixel(5, 5)).toEqual([0xcc, 0x66, 0x33, 255]);
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  const { files } = await settledRequest(endpoint.url);
  expect(files.map(({ name }) => name)).toEqual([IMAGE, `${IMAGE}-viewcomfymask`]);
  expect(files[1].sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  await page.getByRole("button", { name: "Remove the mask of Photo" }).click();
  await expect(paintButton(page)).toBeFocused();
  const value = await page
    .locator("viewcomfy-app")
    .evaluate((app, key) => app.values[key] instanceof File, IMAGE);
  expect(value).toBe(true);
});

test("the keys of the editor are its own: Escape leaves it and no run, its slider is not typed into the form", async ({
  page,
}) => {
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const type of ["input", "change", "run"]) {
      document.addEventListener(type, () => globalThis.heard.push(type));
    }
  });
  const sheet = await openEditor(page);
  await page.keyboard.press("Space");
  await page.getByRole("slider", { name: /^Brush size/ }).fill("40");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByText(/^Mask: /)).toHaveCount(0);
  await expect(paintButton(page)).toBeFocused();
  expect(await page.evaluate(() => globalThis.heard)).toEqual([]);
});

test("a tag that is moved or taken away leaves its editor", async ({ page }) => {
  for (const away of [false, true]) {
    const sheet = await openEditor(page);
    await page.evaluate(async (away) => {
      const app = document.querySelector("viewcomfy-app");
      app.remove();
      if (away) await new Promise((resolve) => setTimeout(resolve));
      document.querySelector("main").append(app);
    }, away);
    await expect(sheet).toHaveCount(0);
    await expect(paintButton(page)).toBeEnabled();
  }
});

test("a mask's file of another size is not taken, and one that fits is", async ({ page }) => {
  const file = async (width, height) => ({
    name: "cover <b>.png",
    mimeType: "image/png",
    buffer: await drawPng(page, width, height, "#000"),
  });
  const picker = page.getByLabel("Photo, mask file");
  await picker.setInputFiles(await file(48, 64));
  await expect(page.getByText("The mask is 48 × 64, the picture 320 × 200")).toBeVisible();
  await picker.setInputFiles(await file(WIDTH, HEIGHT));
  await expect(page.getByText("Mask: cover <b>.png")).toBeVisible();
});

test("axe finds nothing in the editor, and its words are the tag's", async ({ page, browserName }) => {
  test.skip(browserName === "firefox", "what axe finds does not depend on the engine");
  await openEditor(page);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    if (process.env.ELEMENT_PICTURES) {
      await page.screenshot({ path: `${process.env.ELEMENT_PICTURES}/mask-${colorScheme}.png` });
    }
  }
  await page.keyboard.press("Escape");
  await page.locator("viewcomfy-app").evaluate((app) => {
    app.strings = { paintMask: "Maske malen", useMask: "Übernehmen" };
  });
  await page.getByRole("button", { name: "Maske malen: Photo" }).click();
  await expect(page.getByRole("button", { name: "Übernehmen" })).toBeVisible();
});
