// <comfy-workflow> shows what is in a file: graph, recipe, models, notes and values, in a page with a strict policy.

import { readFileSync } from "node:fs";

import { expect, test } from "../support/element-page.js";

const tag = (src) => `<comfy-workflow src="/fixtures/${src}"></comfy-workflow>`;
const boxes = (page) => page.locator("comfy-workflow [data-node]");

/** Boxes that lie over one another, by the places on the page. */
function overlapping(page) {
  return page.locator("comfy-workflow").evaluate((element) => {
    const nodes = [...element.shadowRoot.querySelectorAll("[data-node] rect")];
    const places = nodes.map((node) => node.getBoundingClientRect());
    const pairs = places.flatMap((a, at) =>
      places
        .slice(at + 1)
        .filter(
          (b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
        ),
    );
    return { count: nodes.length, pairs: pairs.length };
  });
}

test("a picture tells its graph and its values", async ({ page, open }) => {
  await open(tag("found/text.png"));
  await expect(page.getByRole("region", { name: "Graph" })).toBeVisible();
  const shown = await page.locator("comfy-workflow").evaluate((element) => element.inspection.nodes.length);
  expect(shown).toBeGreaterThan(0);
  await expect(page.getByRole("region", { name: "Parameters" })).toBeVisible();
});

test("API format is laid out in columns along its links, without overlaps", async ({ page, open }) => {
  for (const name of ["sdxl_refiner", "controlnet_canny", "lora_stack", "wan_image_to_video"]) {
    await open(tag(`workflows/${name}.json`));
    await expect(boxes(page).first()).toBeVisible();
    const { count, pairs } = await overlapping(page);
    expect(count, name).toBeGreaterThan(5);
    expect(pairs, name).toBe(0);
    const ordered = await page.locator("comfy-workflow").evaluate(({ shadowRoot, inspection }) => {
      const left = (id) =>
        shadowRoot.querySelector(`[data-node="${CSS.escape(id)}"]`).getBoundingClientRect().left;
      return inspection.links.every(({ from, to }) => left(from.node) < left(to.node));
    });
    expect(ordered, name).toBe(true);
    await expect(page.getByRole("region", { name: "How it is made" }), name).toBeVisible();
  }
});

test("an editor file is drawn as the editor has it, with its frames, notes and models", async ({
  page,
  open,
}) => {
  await open(tag("editor/lighthouse_04.json"));
  await expect(boxes(page).first()).toBeVisible();
  const { frames, groups, models } = await page.locator("comfy-workflow").evaluate((element) => ({
    frames: element.shadowRoot.querySelectorAll(".frame").length,
    groups: element.inspection.groups.length,
    models: element.inspection.models.map(({ name }) => name),
  }));
  expect([frames, groups]).toEqual([1, 1]);
  expect(models).toEqual(["harbour.safetensors", "ink.safetensors"]);
  await expect(page.getByRole("region", { name: "Notes" })).toBeVisible();
  for (const name of models) await expect(page.getByRole("region", { name: "Models" })).toContainText(name);
});

test("a box that is pressed opens its values, and the keys move the graph", async ({ page, open }) => {
  await open(tag("workflows/small_picture.json"));
  const box = page.locator("comfy-workflow [data-node='3']");
  await box.click();
  await expect(page.locator("comfy-workflow details[open]")).toContainText("851290734509127");
  const canvas = page.getByRole("group", { name: /^Graph/ });
  await canvas.focus();
  const before = await box.boundingBox();
  await page.keyboard.press("ArrowRight");
  const moved = await box.boundingBox();
  expect(moved.x).toBeLessThan(before.x);
  await page.keyboard.press("+");
  expect((await box.boundingBox()).width).toBeGreaterThan(before.width);
  await page.keyboard.press("0");
  expect((await box.boundingBox()).x).toBeCloseTo(before.x, 0);
});

test("the wheel scrolls the page past the graph, and zooms with Ctrl", async ({ page, open }) => {
  await open(`${tag("workflows/small_picture.json")}<img alt="" width="10" height="3000">`);
  const box = page.locator("comfy-workflow [data-node='3']");
  await expect(box).toBeVisible();
  const { width } = await box.boundingBox();
  await page.getByRole("group", { name: /^Graph/ }).hover();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await expect.poll(async () => (await box.boundingBox()).width).toBeGreaterThan(width);
  await page.keyboard.up("Control");
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
});

test("a thousand boxes are drawn, and circles end", async ({ page, open }) => {
  await open("<comfy-workflow></comfy-workflow>");
  const nodes = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [
      `${at}`,
      { class_type: "KSampler", inputs: { seed: at, model: [`${(at * 7 + 1) % 1000}`, 0] } },
    ]),
  );
  await page.locator("comfy-workflow").evaluate((element, text) => {
    element.workflow = text;
  }, JSON.stringify(nodes));
  await expect(boxes(page)).toHaveCount(1000);
});

test("both formats in one file: the editor's is drawn", async ({ page, open }) => {
  const editor = readFileSync(new URL("../fixtures/editor/lighthouse_04.json", import.meta.url), "utf8");
  await open("<comfy-workflow></comfy-workflow>");
  await page.locator("comfy-workflow").evaluate((element, text) => {
    element.workflow = new TextEncoder().encode(text);
  }, editor);
  await expect(boxes(page).first()).toBeVisible();
  expect(await page.locator("comfy-workflow").evaluate((element) => element.inspection.format)).toBe(
    "editor",
  );
});
