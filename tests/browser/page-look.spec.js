// What the page makes of every kind of file that ComfyUI writes, of files without a workflow, and of several at once.

import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { expect, test } from "../support/fixtures.js";
import { fixture, found, withoutWorkflow } from "../support/found.js";
import {
  drop,
  exampleText,
  field,
  MAIN_PATH,
  openExample,
  runButton,
  saved,
  showTab,
} from "./page-driver.js";

const prompt = found("prompt.json").bytes;

const KINDS = {
  "text.png": "Found in the PNG picture",
  "compressed.png": "Found in the PNG picture",
  "animated.png": "Found in the PNG picture",
  "picture.webp": "Found in the WebP picture",
  "picture.avif": "Found in the AVIF picture",
  "picture.jpg": "Found in the JPEG picture",
  "drawing.svg": "Found in the SVG picture",
  "film.mp4": "Found in the MP4 video",
  "film.mov": "Found in the MP4 video",
  "film.webm": "Found in the Matroska or WebM video",
  "film.mkv": "Found in the Matroska or WebM video",
  "sound.flac": "Found in the FLAC sound",
  "sound.opus": "Found in the Ogg sound",
  "sound.mp3": "Found in the MP3 sound",
  "latent.safetensors": "Found in the safetensors file",
  "shape.glb": "Found in the GLB model",
};

test("every kind of file that is found has a test here", () => {
  const kindOf = (name) => name.split(".").pop();
  const kinds = readdirSync(new URL("../fixtures/found/", import.meta.url))
    .filter((name) => name !== "none")
    .map(kindOf);
  const here = Object.keys(KINDS).map(kindOf);
  expect([...new Set(kinds)].sort()).toEqual([...new Set([...here, "json", "py"])].sort());
});

for (const [name, words] of Object.entries(KINDS)) {
  test(`a dropped ${name} opens, and says where the workflow was`, async ({ usedPage }) => {
    await drop(usedPage, found(name));
    await expect(usedPage.getByRole("heading", { name, exact: true })).toBeFocused();
    await expect(usedPage.locator(".found")).toContainText(words);
    await expect(usedPage.locator(".found")).toContainText("the editor's graph is in it, too");
    await expect(usedPage.getByLabel("CLIP Text Encode (Positive), Text", { exact: true })).toHaveValue(
      /basalt cliff/,
    );
    await expect(runButton(usedPage)).toBeEnabled();
  });
}

test("the workflow of a picture is saved as it was written", MAIN_PATH, async ({ page }) => {
  await page.goto("/");
  await drop(page, found("text.png"));
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Save workflow" }));
  expect(name).toBe("text_api.json");
  expect(bytes.equals(prompt)).toBe(true);
});

for (const name of withoutWorkflow.filter((file) => !file.endsWith(".json"))) {
  test(`${name} is told to hold no workflow`, async ({ emptyPage }) => {
    const file = found(name);
    await drop(emptyPage, file);
    const notice = emptyPage.getByRole("alert").filter({ hasText: file.name });
    await expect(notice).toContainText("no workflow");
    await expect(emptyPage.locator("body[data-state=empty]")).toBeVisible();
  });
}

test("a damaged picture is told apart from one without a workflow", async ({ page }) => {
  const whole = found("text.png");
  const cut = whole.bytes.indexOf("basalt cliff");
  expect(cut).toBeGreaterThan(0);
  await page.goto("/");
  await drop(page, { ...whole, name: "cut.png", bytes: whole.bytes.subarray(0, cut) });
  await expect(page.getByRole("alert")).toContainText("cut.png: this file is damaged");
  await expect(page.locator("body[data-state=empty]")).toBeVisible();
});

test("the form shares its values with the table", MAIN_PATH, async ({ page }) => {
  await openExample(page, /Text to image/);
  await showTab(page, "Form");
  await page.getByLabel("Sampler, Steps", { exact: true }).fill("33");
  await showTab(page, "All parameters");
  await expect(field(page, "Sampler, steps")).toHaveValue("33");
  await expect(page.getByText("1 changed")).toBeVisible();
  await page.getByRole("button", { name: "Reset Sampler, steps" }).click();
  await showTab(page, "Form");
  await expect(page.getByLabel("Sampler, Steps", { exact: true })).toHaveValue("20");
});

test("a designed form is used, with its values, when it comes with its workflow", async ({ page }) => {
  await page.goto("/");
  await drop(page, [fixture("view_comfy/workflow_api.json"), fixture("view_comfy/designed.json")]);
  await showTab(page, "Form");
  await expect(page.getByText("Paints a coast.")).toBeVisible();
  await expect(page.getByRole("slider", { name: "Sampler first, Obedience, slider" })).toHaveValue("6.5");
  await expect(page.getByText("How closely the prompt is followed")).toBeHidden();
  await page.getByRole("button", { name: "About Sampler first, Obedience" }).click();
  await expect(page.getByText("How closely the prompt is followed")).toBeVisible();
  await expect(page.getByLabel("Sampler first, Sampler", { exact: true })).toHaveText(/Quick/);
  await expect(page.getByLabel("Sampler first, Seed", { exact: true })).toHaveCount(0);
});

test("of several files the first workflow opens, and all stay at hand", MAIN_PATH, async ({ page }) => {
  await page.goto("/");
  await drop(page, [found("text.png"), found("workflow.json"), found("film.mp4"), found("none/plain.jpg")]);
  await expect(page.getByRole("heading", { name: "text.png" })).toBeVisible();
  const files = page.getByRole("group", { name: "Files" });
  await expect(files.getByRole("button", { name: /^plain\.jpg/ })).toBeDisabled();
  await expect(files.getByRole("button", { name: /^plain\.jpg/ })).toContainText("no workflow in it");
  await files.getByRole("button", { name: /^workflow\.json/ }).click();
  await expect(page.getByRole("heading", { name: "workflow.json" })).toBeVisible();
  await expect(files.getByRole("button", { name: /^workflow\.json/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await files.getByRole("button", { name: "Put the files away" }).click();
  await expect(files).toBeHidden();
});

test("nothing of the inspector or the layout is loaded before it is needed", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  const matching = (pattern) => asked.filter((path) => pattern.test(path));
  expect(matching(/inspect|panel|worker/)).toEqual([]);
  await drop(page, { name: "mine.json", bytes: exampleText("text-to-image") });
  await showTab(page, "All parameters");
  expect(matching(/inspect/)).not.toEqual([]);
  expect(matching(/panel|worker/)).toEqual([]);
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node='3']")).toBeVisible();
  expect(matching(/panel/)).toHaveLength(1);
  expect(matching(/layout-worker/)).toHaveLength(1);
});

test("all that is loaded before a workflow is dropped, but the wasm, is at most 60 KB gzipped", async ({
  page,
}) => {
  const bodies = [];
  page.on("response", (response) => {
    if (/(\.(js|css|svg)|\/)$/.test(new URL(response.url()).pathname)) bodies.push(response.body());
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThan(60_000);
});
