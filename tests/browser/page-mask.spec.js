// Masks, painted on the page or given as a file: what is painted is what is sent.

import { expect, test } from "@playwright/test";

import { readMask } from "../support/mask-png.js";
import { startScriptedPage } from "../support/scripted-page.js";
import { drawPng, drop, runButton, runState, showTab } from "./page-driver.js";

const PAINT = /^Paint (?:a|on the) mask: /;
const [WIDTH, HEIGHT] = [320, 200];

let site;

test.beforeAll(async () => {
  site = await startScriptedPage(() => ({}));
});

test.afterAll(() => site.close());

test.beforeEach(async ({ page }) => {
  site.bodies.length = 0;
  await page.goto(site.url);
  await page.getByRole("button", { name: /Edit an image/ }).click();
  await showTab(page, "All parameters");
  const image = await drawPng(page, WIDTH, HEIGHT, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes: image }, "[data-file-drop]");
});

/** The names of the file parts that were sent last. */
function fileParts() {
  return [...site.bodies.at(-1).matchAll(/name="([^"]*)"; filename=/g)].map(([, name]) => name);
}

async function openEditor(page) {
  await page.getByRole("button", { name: PAINT }).click();
  const sheet = page.getByRole("application", { name: /^Mask of / });
  await expect(sheet).toBeFocused();
  return sheet;
}

/** The mask that a run sends, as the pixels of its file. */
async function maskOf(page) {
  const before = site.bodies.length;
  await runButton(page).click();
  await expect.poll(() => site.bodies.length).toBe(before + 1);
  await runState(page, "done");
  const body = Buffer.from(site.bodies.at(-1), "latin1");
  return readMask(body.subarray(body.lastIndexOf(Buffer.from("\u0089PNG", "latin1"))));
}

/** Where a point of the picture is on the screen. */
async function onScreen(sheet, x, y) {
  const box = await sheet.boundingBox();
  return [box.x + (x / WIDTH) * box.width, box.y + (y / HEIGHT) * box.height];
}

async function stroke(page, sheet, from, to) {
  await page.mouse.move(...(await onScreen(sheet, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await onScreen(sheet, ...to)), { steps: 8 });
  await page.mouse.up();
}

const COLOUR = [0xcc, 0x66, 0x33];

test("what is painted is transparent in the mask, at the picture's size and in its colours", async ({
  page,
}) => {
  const sheet = await openEditor(page);
  await stroke(page, sheet, [60, 100], [260, 100]);
  await page.getByRole("button", { name: "Eraser", exact: true }).click();
  await stroke(page, sheet, [160, 60], [160, 140]);
  await page.getByRole("button", { name: "Use this mask" }).click();
  await expect(page.getByText("Mask: fox-mask.png")).toBeVisible();
  const mask = await maskOf(page);
  expect([mask.width, mask.height]).toEqual([WIDTH, HEIGHT]);
  expect(mask.pixel(60, 100)).toEqual([...COLOUR, 0]);
  expect(mask.pixel(240, 100)).toEqual([...COLOUR, 0]);
  expect(mask.pixel(160, 100)).toEqual([...COLOUR, 255]);
  expect(mask.pixel(5, 5)).toEqual([...COLOUR, 255]);
  expect(mask.alphas).toEqual([0, 255]);
  expect(fileParts()).toEqual(["1-inputs-image", "1-inputs-image-viewcomfymask"]);
});

test("from the keyboard alone: the brush moves, paints, changes its size, and undoes", async ({ page }) => {
  await page.getByRole("button", { name: PAINT }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("application", { name: /^Mask of / })).toBeFocused();
  const size = page.getByRole("slider", { name: /^Brush size/ });
  await expect(size).toHaveValue("20");
  await page.keyboard.press("]");
  await expect(size).toHaveValue("25");
  await page.keyboard.press("[");
  await expect(size).toHaveValue("20");
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await page.keyboard.press("Control+Shift+z");
  for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.down("Space");
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.up("Space");
  await page.getByRole("button", { name: "Use this mask" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: PAINT })).toBeFocused();
  const mask = await maskOf(page);
  expect(mask.pixel(160, 100)[3]).toBe(0);
  expect(mask.pixel(185, 100)[3]).toBe(255);
  expect(mask.pixel(210, 115)[3]).toBe(0);
});

test("a finger and a pen paint, the pen by its pressure, and a second finger does not", async ({ page }) => {
  const sheet = await openEditor(page);
  await sheet.evaluate((element) => {
    // Only pointers that the system knows can be captured.
    element.setPointerCapture = () => {};
  });
  const point = async (type, pointerType, pointerId, x, y, pressure) => {
    const [clientX, clientY] = await onScreen(sheet, x, y);
    await sheet.evaluate(
      (element, init) =>
        element.dispatchEvent(new PointerEvent(init.type, { ...init, bubbles: true, button: 0 })),
      { type, pointerType, pointerId, clientX, clientY, pressure },
    );
  };
  await point("pointerdown", "touch", 1, 50, 50, 1);
  await point("pointerdown", "touch", 2, 250, 150, 1);
  await point("pointerup", "touch", 2, 250, 150, 0);
  await point("pointerup", "touch", 1, 50, 50, 0);
  await point("pointerdown", "pen", 3, 150, 100, 0.05);
  await point("pointerup", "pen", 3, 150, 100, 0);
  await page.getByRole("button", { name: "Use this mask" }).click();
  const mask = await maskOf(page);
  expect(mask.pixel(50, 50)[3]).toBe(0);
  expect(mask.pixel(58, 50)[3]).toBe(0);
  expect(mask.pixel(250, 150)[3]).toBe(255);
  expect(mask.pixel(150, 100)[3]).toBe(0);
  expect(mask.pixel(158, 100)[3]).toBe(255);
});

test("a mask is inverted, cleared, and painted on later", async ({ page }) => {
  const sheet = await openEditor(page);
  await stroke(page, sheet, [100, 100], [120, 100]);
  await page.getByRole("button", { name: "Invert", exact: true }).click();
  await page.getByRole("button", { name: "Use this mask" }).click();
  const first = await maskOf(page);
  expect([first.pixel(110, 100)[3], first.pixel(5, 5)[3]]).toEqual([255, 0]);
  const again = await openEditor(page);
  await stroke(page, again, [110, 100], [111, 100]);
  await page.getByRole("button", { name: "Use this mask" }).click();
  const second = await maskOf(page);
  expect([second.pixel(110, 100)[3], second.pixel(5, 5)[3]]).toEqual([0, 0]);
  await openEditor(page);
  await page.getByRole("dialog").getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("button", { name: "Use this mask" }).click();
  const third = await maskOf(page);
  expect(third.alphas).toEqual([255]);
});

test("Escape leaves without a mask", async ({ page }) => {
  const sheet = await openEditor(page);
  await stroke(page, sheet, [100, 100], [120, 100]);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByText(/^Mask: /)).toHaveCount(0);
});

test("a mask's file of another size is not taken, and says so", async ({ page }) => {
  const small = await drawPng(page, 48, 64, "#000");
  const picker = page.getByLabel("Your picture, image, mask file");
  await picker.setInputFiles({ name: "mask.png", mimeType: "image/png", buffer: small });
  await expect(page.getByText("The mask is 48 × 64, the picture 320 × 200")).toBeVisible();
  await picker.setInputFiles({ name: "mask.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByText("The mask cannot be read as a picture")).toBeVisible();
  await runButton(page).click();
  await runState(page, "done");
  expect(fileParts()).toEqual(["1-inputs-image"]);
});
