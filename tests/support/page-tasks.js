// Ten tasks that people use the page for, and sharing. A "hand" does them: the keyboard alone (keyboard-hand.js) or a
// finger (finger-hand.js).

import { readFile } from "node:fs/promises";

import { expect } from "@playwright/test";

import { drawPng, forgetRequests, requests, runState } from "../browser/page-driver.js";
import { startEndpoint } from "./endpoint.js";
import { fixture } from "./found.js";
import { zipNames } from "./zip-names.js";

const EXAMPLE = /^Text to image/;
const TITLE = "text-to-image.json";
const PICTURE = /^Output .*\.png$/;
const FOX = "fox.png";

/** Each as `[name, task]`; a task gets `{ page, hand, endpoint }`. */
export const TASKS = Object.entries({
  "run the example": async ({ page, hand }) => {
    await hand.press("button", EXAMPLE);
    await hand.sees("heading", TITLE);
    await hand.press("button", "Run");
    await runState(page, "done");
    await seesPicture(hand);
  },

  "change prompt and seed": async ({ page, hand, endpoint }) => {
    const seed = freshSeed();
    await openExample(page, hand);
    await hand.type("textbox", "Prompt, Text", "a red fox in the snow");
    await hand.type("textbox", "Sampler, Seed", seed);
    await hand.press("button", "Undo (Ctrl+Z)");
    await hand.press("button", "Redo (Ctrl+Shift+Z)");
    await runToEnd(page, hand);
    await seesPicture(hand);
    const params = await lastParams(endpoint);
    expect(params).toContain("a red fox in the snow");
    expect(seedIn(params)).toBe(seed);
  },

  "upload a picture": async ({ page, hand, endpoint }) => {
    await openWithPicture(page, hand);
    await runToEnd(page, hand);
    await seesPicture(hand);
    expect((await sentFiles(endpoint)).map(({ filename }) => filename)).toEqual([FOX]);
  },

  "paint a mask": async ({ page, hand, endpoint }) => {
    await openWithPicture(page, hand);
    await hand.press("button", /^Paint a mask: /);
    const sheet = await hand.sees("application", /^Mask of /);
    await hand.paint(sheet);
    expect(await paintedPixels(sheet)).toBeGreaterThan(1000);
    await hand.press("button", "Use this mask");
    await hand.seesText("Mask: fox-mask.png");
    await runToEnd(page, hand);
    const names = (await sentFiles(endpoint)).map(({ name }) => name);
    expect(names).toEqual(["1-inputs-image", "1-inputs-image-viewcomfymask"]);
  },

  "cancel a run": async ({ page, hand }) => {
    // This run would take minutes.
    const slow = await startEndpoint({ speed: 0.02 });
    try {
      await page.goto(slow.url);
      await openExample(page, hand);
      await hand.run();
      await runState(page, "running");
      await hand.cancel();
      await runState(page, "cancelled");
      await hand.seesText(/^Cancelled after /);
      await expect.poll(async () => (await requests(slow)).at(-1).state).toBe("cancelled");
    } finally {
      await slow.close();
    }
  },

  "run again with the same seed": async ({ page, hand, endpoint }) => {
    await openExample(page, hand);
    await hand.toggle("switch", "Random each run: Sampler, Seed");
    await runToEnd(page, hand);
    const first = seedIn(await lastParams(endpoint));
    await seesPicture(hand);
    await hand.press("button", "Keep this seed");
    await expect(page.getByRole("textbox", { name: "Sampler, Seed" })).toHaveValue(first);
    await runToEnd(page, hand);
    await seesPicture(hand);
    expect(seedIn(await lastParams(endpoint))).toBe(first);
  },

  "compare two outputs": async ({ page, hand }) => {
    await openExample(page, hand);
    for (const steps of ["7", "9"]) {
      await hand.type("textbox", "Sampler, Seed", freshSeed());
      await hand.type("textbox", "Sampler, Steps", steps);
      await runToEnd(page, hand);
    }
    const choices = page.getByRole("checkbox", { name: /^Choose the run/ });
    await expect(choices).toHaveCount(2);
    const names = await choices.evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));
    // Without seeing them, only their names distinguish them.
    expect(new Set(names).size).toBe(2);
    for (const name of names) await hand.toggle("checkbox", name);
    await hand.press("button", "Compare");
    await hand.sees("heading", "Two runs compared");
    await hand.slide("slider", /^Divider/, page.locator(".compare-frame"));
    await hand.sees("row", /^3-inputs-steps 7 9$/);
    await hand.press("button", "Close");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await hand.sees("button", "Compare");
  },

  "save all outputs": async ({ page, hand }) => {
    await openExample(page, hand);
    await hand.type("textbox", "Sampler, Seed", freshSeed());
    await hand.type("textbox", "Picture size, Batch size", "3");
    await runToEnd(page, hand);
    await expect(page.getByRole("img", { name: PICTURE })).toHaveCount(3);
    const { name, bytes } = await download(page, () => hand.press("button", "Save all"));
    expect(name).toBe("outputs.zip");
    const pictures = await page.locator("#outputs .file-name").allTextContents();
    expect(pictures).toHaveLength(3);
    expect(zipNames(bytes)).toEqual(pictures);
    await hand.sees("button", "Saved all");
  },

  "run the workflow of an old picture": async ({ page, hand, endpoint }) => {
    const seed = freshSeed();
    await openExample(page, hand);
    await hand.type("textbox", "Sampler, Seed", seed);
    await runToEnd(page, hand);
    const old = await download(page, () => hand.press("button", /^Save .*\.png$/));
    await forgetRequests(endpoint);
    await page.goto("/");
    await hand.choose("button", "Choose files", { ...old, type: "image/png" });
    await hand.sees("heading", old.name);
    await page.locator("body[data-inspected]").waitFor();
    await runToEnd(page, hand);
    await seesPicture(hand);
    expect(seedIn((await last(endpoint)).workflow_api)).toBe(seed);
  },

  "find the models of a workflow": async ({ page, hand }) => {
    await allowClipboard(page);
    const file = fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json");
    await hand.choose("button", "Choose files", file);
    await hand.sees("heading", file.name);
    await hand.tab("About");
    await hand.reach("link", /^Download .*\.safetensors$/);
    await hand.press("button", "Copy with links");
    await hand.sees("button", "Copied");
    const lines = (await clipboard(page)).split("\n");
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(/^[\w ]+\/\S+\.safetensors {2}https:\/\/\S+$/);
  },

  "share a view": async ({ page, hand }) => {
    const seed = freshSeed();
    await allowClipboard(page);
    await openExample(page, hand);
    await hand.type("textbox", "Sampler, Seed", seed);
    await hand.press("button", "Share");
    await expect(await hand.sees("textbox", "Link")).toBeFocused();
    await hand.press("button", "Copy link");
    await hand.sees("button", "Copied");
    const link = await clipboard(page);
    await page.goto("about:blank");
    await page.goto(link);
    await hand.sees("heading", TITLE);
    await expect(page.getByRole("textbox", { name: "Sampler, Seed" })).toHaveValue(seed);
  },
});

/** A seed that no run has used: the stand-in has cached the others. */
function freshSeed() {
  return String(crypto.getRandomValues(new BigUint64Array(1))[0]);
}

async function openExample(page, hand, example = EXAMPLE) {
  await hand.press("button", example);
  await page.locator("body[data-inspected]").waitFor();
}

async function openWithPicture(page, hand) {
  const bytes = await drawPng(page, 320, 200, `#${freshSeed().padStart(6, "0").slice(-6)}`);
  await openExample(page, hand, /^Edit an image/);
  await hand.choose("button", /^Choose a picture: /, { name: FOX, type: "image/png", bytes });
  await hand.sees("img", `Preview of ${FOX}`);
}

async function runToEnd(page, hand) {
  await hand.run();
  await runState(page, "done");
  await expect(page.locator("#outputs.stale")).toHaveCount(0);
}

async function seesPicture(hand) {
  const picture = await hand.sees("img", PICTURE);
  await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
}

async function last(endpoint) {
  return (await requests(endpoint)).at(-1);
}

async function lastParams(endpoint) {
  return (await last(endpoint)).params;
}

async function sentFiles(endpoint) {
  return (await last(endpoint)).files;
}

function seedIn(text) {
  return /"(?:3-inputs-)?seed": ?(\d+)/.exec(text)?.[1];
}

/** How many pixels of the sheet are masked. */
async function paintedPixels(sheet) {
  return sheet.locator(".mask-cover").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] > 127) painted += 1;
    return painted;
  });
}

async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function allowClipboard(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
}

async function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
