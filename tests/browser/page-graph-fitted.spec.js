// A graph that shows the whole stays so when its frame changes, until a person moves or zooms it.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import { drop, openExample, showTab } from "./page-driver.js";

test.use({ viewport: { width: 1440, height: 900 } });

const canvas = (page) => page.getByRole("application", { name: /^Graph of/ });
const details = (page) => page.getByRole("region", { name: /^Selected node/ });
const zoom = (page) => page.locator(".zoom");
const body = (page, id) => page.locator(`g[data-node='${id}'] .box-body`);

async function openGraph(page) {
  await openExample(page, "Text to image");
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node]")).toHaveCount(7);
}

/** How many nodes are not wholly within the canvas. */
function outside(page) {
  return canvas(page).evaluate((frame) => {
    const { left, right, top, bottom } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll(".far .block")].filter((blocks) => {
      const box = blocks.getBoundingClientRect();
      return box.width > 0 && (box.left < left || box.right > right || box.top < top || box.bottom > bottom);
    }).length;
  });
}

test("with a node's details beside it the whole graph is in view, and again without", async ({ page }) => {
  await openGraph(page);
  const before = await zoom(page).textContent();
  await body(page, "9").click();
  await expect(details(page)).toBeVisible();
  await expect(zoom(page)).not.toHaveText(before);
  await expect.poll(() => outside(page)).toBe(0);
  await details(page).getByRole("button", { name: "Close the node's details" }).click();
  await expect(zoom(page)).toHaveText(before);
  await expect.poll(() => outside(page)).toBe(0);
});

test("a graph that was zoomed or moved stays as it is beside a node's details", async ({ page }) => {
  await openGraph(page);
  const fitted = await zoom(page).textContent();
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect(zoom(page)).not.toHaveText(fitted);
  const zoomed = await zoom(page).textContent();
  const wide = await canvas(page).boundingBox();
  await body(page, "3").click();
  await expect.poll(async () => (await canvas(page).boundingBox()).width).toBeLessThan(wide.width);
  await page.setViewportSize({ width: 1400, height: 860 });
  await expect.poll(async () => (await canvas(page).boundingBox()).width).toBeLessThan(wide.width);
  await expect(zoom(page)).toHaveText(zoomed);
});

test("a press on a subgraph that moves the graph is still the first of two that look inside", async ({
  page,
}) => {
  await page.goto("/");
  await drop(page, fixture("editor/subgraphs_1.json"));
  await showTab(page, "Graph");
  await body(page, "2").waitFor();
  const box = await body(page, "2").boundingBox();
  const right = box.x + box.width - 4;
  await page.mouse.move(right, box.y + box.height / 2);
  await page.mouse.down({ clickCount: 1 });
  await page.mouse.up({ clickCount: 1 });
  await expect(details(page)).toBeVisible();
  await expect
    .poll(async () => {
      const { x, width } = await body(page, "2").boundingBox();
      return x + width;
    })
    .toBeLessThan(right);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await expect(canvas(page)).toHaveAccessibleName(/inside /);
});
