// The drawn graph: mouse, keyboard, the way between a node and its parameters, and subgraphs.

import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { drop, exampleText, field, openExample, showTab } from "./page-driver.js";

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });
const details = (page) => page.getByRole("region", { name: /^Selected node/ });

async function openGraph(page) {
  await openExample(page, /Text to image/);
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node='3']")).toBeVisible();
}

async function percent(page) {
  return Number.parseInt(await page.locator(".zoom").textContent(), 10);
}

test("a node that is pressed shows its parameters, and a change there counts everywhere", async ({
  page,
}) => {
  await openGraph(page);
  await expect(page.getByText("7 nodes · 9 links")).toBeVisible();
  await page.locator("g[data-node='3'] .box-body").click();
  await expect(details(page)).toContainText("Sampler");
  await expect(page.locator("#announcer")).toHaveText(/^Selected: Sampler, number 3\. 4 links in, 1 out\./);
  await field(page, "Sampler, steps").fill("31");
  await showTab(page, "All parameters");
  await expect(field(page, "Sampler, steps")).toHaveValue("31");
});

test("from the table a node is shown in the graph, and a link there leads on", async ({ page }) => {
  await openExample(page, /Text to image/);
  await page.getByRole("button", { name: "Show Decode, number 8, in the graph" }).click();
  await expect(details(page)).toContainText("Decode");
  await expect(page.locator("g[data-node='8']")).toBeVisible();
  await details(page)
    .getByRole("button", { name: /^Decode, vae: from Checkpoint/ })
    .click();
  await expect(details(page)).toContainText("Checkpoint");
});

test("arrow keys walk along the links, Enter selects, Escape lets go", async ({ page }) => {
  await openGraph(page);
  await page.locator("g[data-node='9'] .box-body").click();
  await canvas(page).focus();
  const said = page.locator("#announcer");
  await page.keyboard.press("ArrowLeft");
  await expect(said).toHaveText(/^Decode, number 8/);
  await page.keyboard.press("ArrowLeft");
  await expect(said).toHaveText(/^Sampler, number 3/);
  await expect(details(page)).toContainText("Save picture");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sampler" })).toBeFocused();
  await canvas(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(said).toHaveText(/^Decode, number 8/);
  await page.keyboard.press("Escape");
  await expect(details(page)).toBeHidden();
});

test("wheel, buttons and keys zoom, dragging moves, and the whole fits again", async ({ page }) => {
  await openGraph(page);
  const fitted = await percent(page);
  const place = () => page.locator("g[data-node='3']").boundingBox();
  const before = await place();
  await canvas(page).hover();
  await page.mouse.wheel(0, -300);
  await expect.poll(() => percent(page)).toBeGreaterThan(fitted);
  await page.getByRole("button", { name: "Fit the whole graph" }).click();
  await expect.poll(() => percent(page)).toBe(fitted);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => percent(page)).toBeGreaterThan(fitted);
  await page.getByRole("button", { name: "Zoom out" }).click();
  await canvas(page).focus();
  await page.keyboard.press("-");
  await expect.poll(() => percent(page)).toBeLessThan(fitted);
  await page.keyboard.press("0");
  await expect.poll(() => percent(page)).toBe(fitted);

  const { x, y } = await canvas(page).boundingBox();
  await page.mouse.move(x + 40, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + 140, y + 90, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await place()).x - before.x)).toBe(100);
  await expect(details(page)).toBeHidden();
});

test("the graph takes the whole window, and gives it back", async ({ page }) => {
  await openGraph(page);
  const { width } = await canvas(page).boundingBox();
  await page.getByRole("button", { name: "Show the graph on the whole window" }).click();
  await expect(page.getByRole("dialog", { name: "Graph" })).toBeVisible();
  await expect.poll(async () => (await canvas(page).boundingBox()).width).toBeGreaterThan(width + 200);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Graph" })).toBeHidden();
  await expect.poll(async () => (await canvas(page).boundingBox()).width).toBe(width);
});

test("kinds are explained, and a node with a problem is marked", async ({ page }) => {
  const workflow = JSON.parse(exampleText("text-to-image"));
  workflow["3"].inputs.model = ["44", 0];
  await page.goto("/");
  await drop(page, { name: "broken.json", bytes: JSON.stringify(workflow) });
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node='3'] .mark-error")).toBeVisible();
  await expect(page.getByRole("list", { name: "Colours" })).toContainText("Sampling");
  await expect(page.getByRole("list", { name: "Colours" })).toContainText("Error");
});

test("a subgraph is looked into, and left again", async ({ page }) => {
  await page.goto("/");
  await drop(page, fixture("editor/subgraphs_1.json"));
  await showTab(page, "Graph");
  await page.locator("g[data-node='2'] .box-body").click();
  await details(page).getByRole("button", { name: "Look inside the subgraph" }).click();
  await expect(canvas(page)).toHaveAccessibleName(/inside /);
  await expect(page.locator("g[data-node^='2:']").first()).toBeVisible();
  await page.getByRole("navigation", { name: "Subgraph" }).getByRole("button", { name: "Canvas" }).click();
  await expect(page.locator("g[data-node='2']")).toBeVisible();
});

test("an editor's graph stands as it was drawn, or is arranged anew", async ({ page }) => {
  await page.goto("/");
  await drop(page, found("workflow.json"));
  await showTab(page, "Graph");
  const box = page.locator("g[data-node='1']");
  await expect(box).toHaveAttribute("transform", "translate(420 150)");
  await page.getByRole("button", { name: "Rearrange" }).click();
  await expect(box).not.toHaveAttribute("transform", "translate(420 150)");
  await page.getByRole("button", { name: "Rearrange" }).click();
  await expect(box).toHaveAttribute("transform", "translate(420 150)");
});

test("without the layout the nodes stand in columns, and the page says so", async ({ page }) => {
  await page.route(/layout-worker\.js/, (route) => route.abort());
  await openGraph(page);
  await expect(page.getByText("the nodes stand in columns")).toBeVisible();
});
