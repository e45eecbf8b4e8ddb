// Subgraphs opened in place: their nodes stand in a frame on the same canvas, and everything else makes room.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drop, showTab } from "./page-driver.js";

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });
const details = (page) => page.getByRole("region", { name: /^Selected node/ });
const box = (page, id) => page.locator(`g[data-node='${id}'] .box-body`);
const opened = (page) => page.getByRole("list", { name: "Opened in place" });
const frames = (page) => page.locator(".frames .unfolded");

async function openFile(page) {
  await page.goto("/");
  await drop(page, fixture("editor/subgraphs_1.json"));
  await showTab(page, "Graph");
  await expect(box(page, "2")).toBeVisible();
}

async function openInPlace(page, id) {
  await box(page, id).click();
  await details(page).getByRole("button", { name: "Open it in place" }).click();
  await expect(box(page, id)).toHaveCount(0);
}

/** Where each of so many boxes is on the canvas, once they are drawn. */
async function places(page, count) {
  await expect(page.locator("g[data-node]")).toHaveCount(count);
  return page.locator("g[data-node]").evaluateAll((nodes) =>
    nodes.map((node) => {
      const body = node.querySelector(".box-body");
      const [, x, y] = /translate\((\S+) (\S+)\)/.exec(node.getAttribute("transform"));
      const size = (name) => Number(body.getAttribute(name));
      return { id: node.dataset.node, x: +x, y: +y, width: size("width"), height: size("height") };
    }),
  );
}

function overlaps(boxes) {
  const meet = (a, b) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  return boxes.flatMap((a, at) => boxes.slice(at + 1).flatMap((b) => (meet(a, b) ? [[a.id, b.id]] : [])));
}

test("its nodes stand in a frame beside the others, none over another", async ({ page }) => {
  await openFile(page);
  const before = await places(page, 7);
  await openInPlace(page, "2");
  await expect(frames(page).locator("text")).toHaveText(["Soften twice"]);
  await expect(canvas(page)).toHaveAccessibleName("Graph of 8 nodes");
  const now = await places(page, 8);
  const inner = now.filter(({ id }) => id.startsWith("2:"));
  expect(inner).toHaveLength(2);
  expect(now.map(({ id }) => id)).toEqual(expect.arrayContaining(["1", "save", "6"]));
  expect(overlaps(now)).toEqual([]);
  const frame = await frames(page)
    .locator("rect")
    .evaluate((rect) =>
      Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, +rect.getAttribute(name)])),
    );
  for (const { x, y, width, height } of inner) {
    expect(x).toBeGreaterThan(frame.x);
    expect(y).toBeGreaterThan(frame.y);
    expect(x + width).toBeLessThan(frame.x + frame.width);
    expect(y + height).toBeLessThan(frame.y + frame.height);
  }
  const outside = now.filter(({ id }) => !id.startsWith("2:"));
  expect(overlaps([{ ...frame, id: "frame" }, ...outside])).toEqual([]);

  await opened(page).getByRole("button", { name: "Close Soften twice, number 2" }).click();
  await expect(details(page)).toContainText("Soften twice");
  await expect(canvas(page)).toBeFocused();
  await page.getByRole("button", { name: "Fit the whole graph" }).click();
  expect(await places(page, 7)).toEqual(before);
});

test("one inside another, arranged anew, and looked into and back", async ({ page }) => {
  await openFile(page);
  await openInPlace(page, "2");
  const nested = await page.locator("g.subgraph[data-node^='2:']").first().getAttribute("data-node");
  await openInPlace(page, nested);
  await expect(frames(page)).toHaveCount(2);
  const both = await places(page, 8);
  expect(overlaps(both)).toEqual([]);

  await page.getByRole("button", { name: "Rearrange" }).click();
  await expect.poll(() => places(page, 8)).not.toEqual(both);
  await expect(frames(page)).toHaveCount(2);
  const anew = await places(page, 8);
  expect(overlaps(anew)).toEqual([]);
  expect(anew.map(({ id }) => id).sort()).toEqual(both.map(({ id }) => id).sort());

  await box(page, "6").dblclick();
  await expect(canvas(page)).toHaveAccessibleName(/inside /);
  await expect(opened(page)).toBeHidden();
  await page.getByRole("navigation", { name: "Subgraph" }).getByRole("button", { name: "Canvas" }).click();
  await expect(opened(page).getByRole("button")).toHaveCount(2);
  await expect(frames(page)).toHaveCount(2);
});

test("the search and the arrow keys reach what is inside without leaving the canvas", async ({ page }) => {
  await openFile(page);
  await openInPlace(page, "2");
  const [first] = (await places(page, 8)).filter(({ id }) => id.startsWith("2:"));
  await page.getByLabel("Find a node by title, class or number").fill(first.id);
  await expect(details(page)).toContainText(`#${first.id}`);
  await expect(canvas(page)).toHaveAccessibleName("Graph of 8 nodes");
  await canvas(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(details(page)).toContainText("#1");
});

test("what is changed in the form leaves it open", async ({ page }) => {
  await openFile(page);
  await openInPlace(page, "2");
  const before = await places(page, 8);
  await showTab(page, "All parameters");
  await page.getByRole("textbox").nth(1).fill("7");
  await expect(page.getByText("1 changed")).toBeVisible();
  await showTab(page, "Graph");
  await expect(frames(page)).toHaveCount(1);
  expect(await places(page, 8)).toEqual(before);
});

test("without the layout it closes again, and the nodes stand in columns", async ({ page }) => {
  await openFile(page);
  await openInPlace(page, "2");
  await page.route(/layout-worker\.js/, (route) => route.abort());
  await page.getByRole("button", { name: "Rearrange" }).click();
  await expect(page.getByText("the nodes stand in columns")).toBeVisible();
  await expect(opened(page)).toBeHidden();
  await expect(frames(page)).toHaveCount(0);
  const now = await places(page, 7);
  expect(overlaps(now)).toEqual([]);
  await expect(page.locator(".graph-canvas")).not.toHaveAttribute("aria-busy");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the way back is a target for a finger", async ({ page }) => {
    await openFile(page);
    await openInPlace(page, "2");
    const button = opened(page).getByRole("button");
    expect((await button.boundingBox()).height).toBeGreaterThanOrEqual(44);
    await button.tap();
    await expect(box(page, "2")).toBeVisible();
  });
});
