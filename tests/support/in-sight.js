// Whether an element is visible: it is in the viewport, and nothing on the page covers it.

import { expect } from "@playwright/test";

/** Waits until an element is in the viewport with its centre uncovered. */
export async function expectInSight(locator) {
  await expect(locator).toBeVisible();
  await expect(locator).toBeInViewport();
  await expect.poll(() => hitBeside(locator, [[0, 0]]), { message: `${locator} is covered` }).toEqual([]);
}

/**
 * The elements hit at points around the centre of an element, if they are not the element itself. A control inside its
 * label is as large as the label.
 *
 * @param {import("@playwright/test").Locator} locator
 * @param {number[][]} points each as `[right, down]` in pixels
 * @returns {Promise<string[]>}
 */
export async function hitBeside(locator, points) {
  return locator.evaluate((element, offsets) => {
    const target = element.closest("label") ?? element;
    const { left, right, top, bottom } = target.getBoundingClientRect();
    // Browsers paint and hit-test in whole pixels.
    const middle = (from, to) => (Math.round(from) + Math.round(to)) / 2;
    return offsets.flatMap(([aside, below]) => {
      const hit = document.elementFromPoint(middle(left, right) + aside, middle(top, bottom) + below);
      if (target.contains(hit)) return [];
      const name = hit?.getAttribute("aria-label") ?? hit?.className ?? "";
      return [`at ${aside}, ${below}: ${hit?.localName ?? "nothing"} ${name}`];
    });
  }, points);
}
