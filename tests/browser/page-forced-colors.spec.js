// Forced colours take away what only a background says: what is on, chosen or changed is seen there, too.

import { expect, test } from "../support/fixtures.js";
import { STATES } from "../support/page-states.js";
import { field, openExample, showTab } from "./page-driver.js";

test.use({ trace: "off" });

test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" }));

/** What is drawn of an element: its colours, and those of the part before it. */
const looks = (locator) =>
  locator.evaluate((element) => {
    const colours = (part) => {
      const { backgroundColor, borderBottomColor, color } = getComputedStyle(element, part);
      return [backgroundColor, borderBottomColor, color];
    };
    return [colours(null), colours("::before")].join(" ");
  });

/** A colour as the system gives it. */
const system = (page, name) =>
  page.evaluate((colour) => {
    const probe = document.createElement("i");
    probe.style.cssText = `forced-color-adjust: none; color: ${colour}`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

test("a switch has an edge and a knob, and looks different when it is on", async ({ page }) => {
  await openExample(page, /Text to image/);
  const toggle = page.getByRole("switch", { name: /^Random each run/ });
  await toggle.uncheck();
  expect(await toggle.evaluate((each) => getComputedStyle(each).borderTopWidth)).toBe("1px");
  const knob = await toggle.evaluate((each) => getComputedStyle(each, "::before").backgroundColor);
  expect(knob).toBe(await system(page, "ButtonText"));
  const off = await looks(toggle);
  await toggle.check();
  await expect.poll(() => looks(toggle)).not.toBe(off);
  expect(await toggle.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(
    await system(page, "Highlight"),
  );
});

test("what is chosen of several looks different from the others", async ({ page }) => {
  await openExample(page, /Text to image/);
  expect(await looks(page.getByRole("tab", { name: "All parameters" }))).not.toBe(
    await looks(page.getByRole("tab", { name: "Form" })),
  );
  expect(await looks(page.getByRole("button", { name: "Links", pressed: true }))).not.toBe(
    await looks(page.getByRole("button", { name: "Changed", pressed: false })),
  );
  expect(await looks(page.getByText("This file", { exact: true }))).not.toBe(
    await looks(page.getByText("The deployed workflow", { exact: true })),
  );
});

test("a list of choices has its arrow", async ({ page, endpoint }) => {
  await STATES["choices of a server"](page, endpoint);
  await expect(page.getByRole("combobox", { name: "Sampler, scheduler" })).toHaveCSS("appearance", "auto");
});

test("a changed parameter has its mark, and a run its bar", async ({ page, endpoint }) => {
  await STATES.running(page, endpoint);
  const highlight = await system(page, "Highlight");
  await field(page, "Sampler, steps").fill("21");
  const row = page.locator(".row.changed");
  const before = (element) => getComputedStyle(element, "::before").backgroundColor;
  const after = (element) => getComputedStyle(element, "::after").backgroundColor;
  await expect.poll(() => row.evaluate(before)).toBe(highlight);
  const bar = page.getByRole("progressbar");
  await expect(bar).toHaveCSS("outline-style", "solid");
  expect(await bar.evaluate(after)).toBe(highlight);
});

test("the icons of the table are drawn", async ({ page }) => {
  await openExample(page, /Text to image/);
  await showTab(page, "All parameters");
  const before = (element) => getComputedStyle(element, "::before").backgroundColor;
  const words = await system(page, "ButtonText");
  for (const name of ["button.node-id", ".link-value"])
    expect(await page.locator(name).first().evaluate(before)).toBe(words);
});
