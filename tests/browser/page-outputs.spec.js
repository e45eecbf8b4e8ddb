// What a run made, on the page: whole names, saved alone or together, enlarged, copied, and used again.

import { expect, test } from "@playwright/test";

import { found } from "../support/found.js";
import { expectInSight } from "../support/in-sight.js";
import { twoPictures } from "../support/sample-workflow.js";
import { output, startScriptedPage } from "../support/scripted-page.js";
import { zipNames } from "../support/zip-names.js";
import { drawPng, drop, exampleText, field, runButton, runState, saved, showTab } from "./page-driver.js";

const LONG = `${"a-very-long-name-".repeat(9)}00001_.png`;

let site;
let outputs;

test.beforeAll(async () => {
  site = await startScriptedPage(() => ({ outputs, prompt: JSON.parse(exampleText("text-to-image")) }));
});

test.afterAll(() => site.close());

async function run(page, made, example = /Text to image/) {
  outputs = made;
  await page.goto(site.url);
  await page.getByRole("button", { name: example }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runButton(page).click();
  await runState(page, "done");
  await expect(page.locator("#outputs figure")).toHaveCount(made.length);
}

async function pictures(page) {
  await page.goto(site.url);
  const colours = ["#c33", "#3c3", "#33c"];
  return Promise.all(
    colours.map(async (colour, at) =>
      output(`${at + 1}.png`, "image/png", await drawPng(page, 400, 300, colour)),
    ),
  );
}

test("a long name stands whole below its picture", async ({ page }) => {
  const [first] = await pictures(page);
  await run(page, [{ ...first, filename: LONG }]);
  const name = page.locator("#outputs .file-name");
  await expect(name).toHaveText(LONG);
  const cut = await name.evaluate((each) => {
    const style = getComputedStyle(each);
    return style.textOverflow === "ellipsis" || each.scrollWidth > each.parentElement.clientWidth;
  });
  expect(cut).toBe(false);
});

for (const [where, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test.describe(where, () => {
    test.use({ viewport });

    test("the fields that an output may be used for are all in sight, however long they are", async ({
      page,
    }) => {
      const [picture] = await pictures(page);
      const title = "The picture that the pose of the person at the left is taken from";
      outputs = [picture];
      await drop(page, { name: "two.json", bytes: twoPictures(title, "x".repeat(120)) });
      await page.locator("body[data-inspected]").waitFor();
      await runButton(page).click();
      await runState(page, "done");
      const button = page.getByRole("button", { name: "Use 1.png as input" });
      const choices = page.getByRole("group", { name: "Which field" }).getByRole("button");
      const expectAllInSight = async () => {
        await expect(choices.filter({ visible: true })).toHaveCount(2);
        for (const choice of await choices.filter({ visible: true }).all()) await expectInSight(choice);
      };
      await button.click();
      await expectAllInSight();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Enlarge/ }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Use 1.png as input" }).click();
      await expectAllInSight();
    });
  });
}

test("all are saved as one zip, with names that are safe and each there once", async ({ page }) => {
  const [first, second] = await pictures(page);
  const bytesOf = (filename) => output(filename, "application/octet-stream", "x");
  await run(page, [
    { ...first, filename: "a.png" },
    { ...second, filename: "A.png" },
    ...["../../etc/passwd", "\u202egnp.exe", ".hidden", "...", "con.txt", "a\u0007\nb"].map(bytesOf),
    bytesOf(`${"n".repeat(300)}.bin`),
  ]);
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Save all" }));
  expect(name).toBe("outputs.zip");
  expect(zipNames(bytes)).toEqual([
    ...["a.png", "A (2).png", "_.._etc_passwd", "gnp.exe", "hidden", "output", "_con.txt", "a__b"],
    `${"n".repeat(116)}.bin`,
  ]);
  expect(bytes.includes(Buffer.from(first.data, "base64"))).toBe(true);
  const alone = await saved(page, page.getByRole("button", { name: "Save \u202egnp.exe", exact: true }));
  expect(alone.name).toBe("gnp.exe");
});

test("the lightbox: next and previous, zoom by keys, wheel and double click, and back", async ({ page }) => {
  await run(page, await pictures(page));
  await page.getByRole("button", { name: "Enlarge 1.png, 400 by 300" }).click();
  const box = page.getByRole("dialog", { name: "Output, enlarged" });
  const zoom = box.getByLabel("Zoom", { exact: true }).locator("output");
  await expect(box).toContainText("1.png");
  await expect(box).toContainText("1 of 3");
  await page.keyboard.press("ArrowRight");
  await expect(box).toContainText("2.png");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(box).toContainText("3.png");
  await page.keyboard.press("+");
  await expect(zoom).toHaveText("150%");
  // Where it is zoomed, arrows move the picture and not to the next one.
  await page.keyboard.press("ArrowLeft");
  await expect(box).toContainText("3.png");
  await page.keyboard.press("-");
  await expect(zoom).toHaveText("100%");
  const image = box.getByRole("img");
  await image.hover();
  await page.mouse.wheel(0, -400);
  await expect(zoom).not.toHaveText("100%");
  await page.keyboard.press("0");
  await expect(zoom).toHaveText("100%");
  await image.dblclick();
  await expect(zoom).toHaveText("200%");
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
  await expect(page.getByRole("button", { name: "Enlarge 1.png, 400 by 300" })).toBeFocused();
});

test("two fingers zoom the picture, one swipes to the next", async ({ page }) => {
  await run(page, await pictures(page));
  await page.getByRole("button", { name: /^Enlarge 1\.png/ }).click();
  const box = page.getByRole("dialog", { name: "Output, enlarged" });
  const touch = (type, pointerId, clientX) =>
    box
      .locator(".lightbox-frame")
      .evaluate(
        (frame, init) =>
          frame.dispatchEvent(new PointerEvent(init.type, { ...init, bubbles: true, button: 0 })),
        { type, pointerId, clientX, clientY: 300, pointerType: "touch", isPrimary: pointerId === 1 },
      );
  await box.locator(".lightbox-frame").evaluate((frame) => {
    // Only pointers that the system knows can be captured.
    frame.setPointerCapture = () => {};
  });
  await touch("pointerdown", 1, 400);
  await touch("pointerdown", 2, 500);
  await touch("pointermove", 2, 600);
  await expect(box.getByLabel("Zoom", { exact: true }).locator("output")).toHaveText("200%");
  await touch("pointerup", 1, 400);
  await touch("pointerup", 2, 600);
  await page.keyboard.press("0");
  await touch("pointerdown", 1, 600);
  await touch("pointermove", 1, 480);
  await touch("pointerup", 1, 480);
  await expect(box).toContainText("2.png");
});

test("a picture becomes the input of the open workflow", async ({ page }) => {
  await run(page, await pictures(page), /Edit an image/);
  await page.getByRole("button", { name: "Use 2.png as input" }).click();
  await expect(page.getByText("2.png · 400 × 300").first()).toBeVisible();
  await expect(page.locator("#workflow")).toContainText("2.png");
});

test("the workflow of an output opens: the one in the file, else the one that has run", async ({ page }) => {
  const [plain] = await pictures(page);
  const own = found("text.png");
  await run(page, [plain, output("made.png", "image/png", own.bytes)]);
  await page.getByRole("button", { name: "Open the workflow of made.png" }).click();
  await expect(page.getByRole("heading", { name: "made.png", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Open the workflow of 1.png" }).click();
  await expect(page.getByRole("heading", { name: "1.json", exact: true })).toBeFocused();
  await showTab(page, "All parameters");
  await expect(field(page, "Sampler, steps")).toHaveValue("20");
});

test("a picture and a text are copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const [first] = await pictures(page);
  await run(page, [first, output("words.txt", "text/plain", "a red fox")]);
  await expect(page.locator("#outputs .text-output")).toHaveText("a red fox");
  await page.getByRole("button", { name: "Copy words.txt" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("a red fox");
  await page.getByRole("button", { name: "Copy 1.png" }).click();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read())[0].types))
    .toContain("image/png");
});

test("video and sound have the browser's controls", async ({ page }) => {
  await run(page, [
    output("film.mp4", "video/mp4", found("film.mp4").bytes),
    output("sound.flac", "audio/flac", found("sound.flac").bytes),
  ]);
  await expect(page.locator("#outputs video[controls]")).toHaveAttribute("aria-label", "film.mp4");
  await expect(page.locator("#outputs audio[controls]")).toHaveAttribute("aria-label", "sound.flac");
  await page.getByRole("button", { name: "Enlarge film.mp4" }).click();
  await expect(page.getByRole("dialog").locator("video[controls]")).toBeVisible();
});
