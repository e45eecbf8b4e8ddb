// The graph as a picture to find one's way in and to keep: search, labels from far, fingers, subgraphs, SVG and PNG.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drop, field, openExample, saved, showTab } from "./page-driver.js";

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });
const details = (page) => page.getByRole("region", { name: /^Selected node/ });
const search = (page) => page.getByLabel("Find a node by title, class or number");

/** Rows of steps behind one another, `columns` long, in all `total` nodes. */
function large(total, columns) {
  const nodes = {};
  for (let at = 1; at <= total; at += 1) {
    const first = at % columns === 1;
    nodes[at] = {
      class_type: first ? "LoadImage" : "ImageInvert",
      inputs: first ? { image: "a.png" } : { image: [`${at - 1}`, 0] },
      _meta: { title: `Step ${at}` },
    };
  }
  nodes[total + 1] = { class_type: "SaveImage", inputs: { images: [`${total}`, 0], filename_prefix: "x" } };
  return { name: "large.json", bytes: JSON.stringify(nodes) };
}

async function openGraph(page) {
  await openExample(page, /Text to image/);
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node='3']")).toBeVisible();
}

test("a node is found by title, by class and by number, and the next by Enter", async ({ page }) => {
  await openGraph(page);
  await search(page).fill("decode");
  await expect(details(page)).toContainText("Decode");
  await search(page).fill("cliptext");
  await expect(page.getByText("1 of 2 nodes")).toBeVisible();
  await expect(details(page)).toContainText("Prompt");
  await search(page).press("Enter");
  await expect(page.getByText("2 of 2 nodes")).toBeVisible();
  await expect(page.getByRole("region", { name: "Selected node: Negative prompt" })).toBeVisible();
  await search(page).fill("9");
  await expect(details(page)).toContainText("Save picture");
  await search(page).fill("nothing like it");
  await expect(page.getByText("No such node")).toBeVisible();
});

test("a node inside a subgraph is found there, and the trail leads back", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("editor/subgraphs_1.json"));
  await showTab(page, "Graph");
  await page.locator("g[data-node='2'] .box-body").dblclick();
  await expect(canvas(page)).toHaveAccessibleName(/inside /);
  const inner = page.locator("g[data-node^='2:']").first();
  await expect(inner).toBeVisible();
  const id = await inner.getAttribute("data-node");
  await page.getByRole("navigation", { name: "Subgraph" }).getByRole("button", { name: "Canvas" }).click();
  await expect(page.locator("g[data-node='2']")).toBeVisible();
  await search(page).fill(id);
  await expect(canvas(page)).toHaveAccessibleName(/inside /);
  await expect(details(page)).toBeVisible();
});

test("the details stand beside the canvas where there is room", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openGraph(page);
  await page.locator("g[data-node='9'] .box-body").click();
  const [left, right] = [await canvas(page).boundingBox(), await details(page).boundingBox()];
  expect(right.x).toBeGreaterThanOrEqual(left.x + left.width - 1);
  expect(right.y).toBeLessThan(left.y + left.height / 2);
  // The node stays in view though the canvas became narrower.
  await expect
    .poll(async () => {
      const box = await page.locator("g[data-node='9'] .box-body").boundingBox();
      return box.x >= left.x && box.x + box.width <= left.x + left.width;
    })
    .toBe(true);
});

for (const [what, file] of Object.entries({ wide: large(1000, 1000), broad: large(1000, 25) })) {
  test(`a ${what} graph of 1,000 nodes fits its frame, and names are read from far`, async ({ page }) => {
    test.slow();
    await page.goto("/");
    await drop(page, file);
    await showTab(page, "Graph");
    await page.locator(".graph-canvas:not([aria-busy])").waitFor();
    await expect
      .poll(async () => {
        const frame = await canvas(page).boundingBox();
        const drawn = await page.locator(".graph-canvas .far").boundingBox();
        return (
          drawn !== null &&
          drawn.x >= frame.x - 1 &&
          drawn.x + drawn.width <= frame.x + frame.width + 1 &&
          drawn.y >= frame.y - 1 &&
          drawn.y + drawn.height <= frame.y + frame.height + 1
        );
      })
      .toBe(true);
    const labels = page.locator(".far-labels text");
    await expect(labels.filter({ hasText: "SaveImage" })).toHaveCount(1);
    const { height } = await labels.first().boundingBox();
    expect(height).toBeGreaterThan(8);
  });
}

test("names of an editor's groups are read from far", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("editor/model_free.json"));
  await showTab(page, "Graph");
  const group = page.locator(".frames text").first();
  await expect(group).toBeAttached();
  await canvas(page).focus();
  await expect(async () => {
    await page.keyboard.press("-");
    await expect(page.locator(".graph-canvas")).toHaveAttribute("data-level", "blocks", { timeout: 200 });
  }).toPass();
  await expect(page.locator(".far-group").first()).toBeVisible();
  expect((await page.locator(".far-group").first().boundingBox()).height).toBeGreaterThan(8);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  const touch = (session, type, points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });

  test("one finger scrolls past the graph, two move and zoom it, and the whole window takes one", async ({
    page,
  }) => {
    await openGraph(page);
    await canvas(page).scrollIntoViewIfNeeded();
    const session = await page.context().newCDPSession(page);
    const { x, y, width, height } = await canvas(page).boundingBox();
    const [midX, midY] = [x + width / 2, y + height / 2];
    const place = () => page.locator("g[data-node='3']").evaluate((node) => node.getCTM().e);
    const [before, scrolled] = [await place(), await page.evaluate(() => scrollY)];

    await touch(session, "touchStart", [[midX, midY]]);
    for (let step = 1; step <= 8; step += 1) await touch(session, "touchMove", [[midX, midY - step * 20]]);
    await touch(session, "touchEnd", []);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 40);
    expect(await place()).toBe(before);

    const zoom = () =>
      page.locator(".graph-canvas").evaluate((element) => element.style.getPropertyValue("--group-size"));
    const size = await zoom();
    const at = await canvas(page).boundingBox();
    const top = Math.max(at.y, 120) + 60;
    await touch(session, "touchStart", [
      [midX - 20, top],
      [midX + 20, top],
    ]);
    for (let step = 1; step <= 6; step += 1)
      await touch(session, "touchMove", [
        [midX - 20 - step * 10, top],
        [midX + 20 + step * 10, top],
      ]);
    await touch(session, "touchEnd", []);
    await expect.poll(zoom).not.toBe(size);

    const inPage = await place();
    await page.getByRole("button", { name: "Show the graph on the whole window" }).click();
    await expect.poll(place).not.toBe(inPage);
    const full = await canvas(page).boundingBox();
    const moved = await place();
    const [startX, startY] = [full.x + 60, full.y + 60];
    await touch(session, "touchStart", [[startX, startY]]);
    for (let step = 1; step <= 5; step += 1)
      await touch(session, "touchMove", [[startX + step * 15, startY]]);
    await touch(session, "touchEnd", []);
    await expect.poll(place).not.toBe(moved);
  });
});

for (const format of ["SVG", "PNG"]) {
  test(`the graph saved as ${format} opens again, with what was changed`, async ({ page }) => {
    await openExample(page, /Text to image/);
    await field(page, "Sampler, seed").fill("18446744073709551615");
    await field(page, "Prompt, text").fill('ein Fuchs – 狐 & <b>"1"</b> ]]>');
    await showTab(page, "Graph");
    await expect(page.locator("g[data-node='3']")).toBeVisible();
    const file = await saved(page, page.getByRole("button", { name: `Save the graph as ${format}` }));
    expect(file.name).toBe(`text-to-image-graph.${format.toLowerCase()}`);
    await page.goto("/");
    await drop(page, { ...file, type: format === "PNG" ? "image/png" : "image/svg+xml" });
    await expect(page.getByRole("heading", { name: file.name })).toBeVisible();
    await showTab(page, "All parameters");
    await expect(field(page, "Sampler, seed")).toHaveValue("18446744073709551615");
    await expect(field(page, "Prompt, text")).toHaveValue('ein Fuchs – 狐 & <b>"1"</b> ]]>');
    // The picture shows the graph: it has colours other than the ground.
    await showTab(page, "About");
    const picture = page.locator("#panel figure img");
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(400);
    const colours = await picture.evaluate(async (image) => {
      const paper = new OffscreenCanvas(200, 100);
      const context = paper.getContext("2d");
      context.drawImage(image, 0, 0, 200, 100);
      return new Set(new Uint32Array(context.getImageData(0, 0, 200, 100).data.buffer)).size;
    });
    expect(colours).toBeGreaterThan(20);
  });
}

test("of an editor's file both formats are in the saved picture", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("editor/model_free.json"));
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node]").first()).toBeVisible();
  const file = await saved(page, page.getByRole("button", { name: "Save the graph as PNG" }));
  await drop(page, { ...file, type: "image/png" });
  await expect(page.locator(".found").first()).toContainText("the editor's graph is in it, too");
});
