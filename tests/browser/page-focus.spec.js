// The focus is never dropped to the top of the page: what a person pressed keeps it, or what took its place gets it.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import {
  askForFault,
  asksBeforeLeaving,
  drawPng,
  drop,
  field,
  forgetRequests,
  openExample,
  requests,
  runButton,
  runState,
  showTab,
} from "./page-driver.js";

const cancel = (page) => page.getByRole("button", { name: "Cancel", exact: true });

/** Notes whether the focus was ever nowhere when the page had settled after a change. */
async function watchFocus(page) {
  await page.addInitScript(() => {
    globalThis.lostAfter = [];
    let last = null;
    addEventListener("focusin", (event) => {
      last = event.target;
    });
    const look = () => {
      if (last !== null && document.activeElement === document.body)
        globalThis.lostAfter.push(last.outerHTML);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const lost = (page) => page.evaluate(() => globalThis.lostAfter);

test.beforeEach(({ page }) => watchFocus(page));

test("opening by key: from the button to the reading to the title", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /Text to image/ }).press("Enter");
  await expect(page.getByRole("heading", { name: "text-to-image.json" })).toBeFocused();
  expect(await lost(page)).toEqual([]);
});

test("a wrong file gives the focus back, and its message dismissed keeps it near", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Choose files" }).focus();
  await drop(page, { name: "wrong.json", bytes: "{" });
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "Choose files" })).toBeFocused();
  await page.getByRole("button", { name: "Dismiss message" }).press("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.locator("#what")).toBeFocused();
  expect(await lost(page)).toEqual([]);
});

test("Run and Cancel keep it through a run, its end and its cancelling", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await runButton(page).press("Enter");
  await runState(page, "done");
  await expect(runButton(page)).toBeFocused();
  await askForFault(page, endpoint, "fault=silent");
  await runButton(page).press("Enter");
  await runState(page, "waiting");
  await cancel(page).press("Enter");
  await runState(page, "cancelled");
  await expect(cancel(page)).toBeFocused();
  expect(await lost(page)).toEqual([]);
});

test("an output that a new run replaces, and a card that goes with Run again", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await runButton(page).press("Enter");
  await runState(page, "done");
  await page.getByRole("button", { name: /^Enlarge/ }).focus();
  await forgetRequests(endpoint);
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await requests(endpoint))[0]?.state).toBe("finished");
  await expect(page.locator("#outputs.stale")).toHaveCount(0);
  await runState(page, "done");
  await expect(page.locator("#outputs :focus, #outputs:focus")).toHaveCount(1);
  await askForFault(page, endpoint, "fault=forbidden");
  await runButton(page).press("Enter");
  await runState(page, "failed");
  await page.getByRole("button", { name: "Run again" }).press("Enter");
  await expect(runButton(page)).toBeFocused();
  await runState(page, "failed");
  expect(await lost(page)).toEqual([]);
});

test("a view that is made anew under the focus gives it back to the same field", async ({ page }) => {
  await openExample(page, /Text to image/);
  await showTab(page, "Form");
  const steps = page.locator("[data-key='3-inputs-steps']").getByRole("textbox");
  if (!(await steps.isVisible())) await page.getByText("Advanced", { exact: true }).click();
  await steps.focus();
  await drop(page, fixture("definitions/object_info.json"));
  await expect(page.locator("[data-key='3-inputs-sampler_name'] select")).toBeVisible();
  await expect(page.locator("[data-key='3-inputs-steps'] :focus")).toHaveCount(1);
  expect(await lost(page)).toEqual([]);
});

test("removing a file and resetting a field", async ({ page }) => {
  await openExample(page, /Edit an image/);
  const bytes = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes }, "[data-file-drop]");
  await page.getByRole("button", { name: /^Remove the file of/ }).press("Enter");
  await expect(page.getByRole("button", { name: /^Choose a picture/ })).toBeFocused();
  await field(page, "Resize, width").fill("192");
  await page.getByRole("button", { name: "Reset Resize, width" }).press("Enter");
  await expect(field(page, "Resize, width")).toBeFocused();
  expect(await lost(page)).toEqual([]);
});

test("leaving in mid-run is asked about, and leaving without a run is not", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  expect(await asksBeforeLeaving(page)).toBe(false);
  await askForFault(page, endpoint, "fault=silent");
  await runButton(page).click();
  await runState(page, "waiting");
  expect(await asksBeforeLeaving(page)).toBe(true);
  await page.keyboard.press("Escape");
  await runState(page, "cancelled");
  expect(await asksBeforeLeaving(page)).toBe(false);
});
