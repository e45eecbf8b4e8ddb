// A refused run marks the field at fault, names it as the form does, and goes there, whichever view is open.

import { expect, test } from "../support/fixtures.js";
import { askForFault, field, openExample, runButton, runState, showTab } from "./page-driver.js";

const refused = (page) => page.locator("[data-key='3-inputs-sampler_name']");

async function refuse(page, endpoint) {
  await askForFault(page, endpoint, "fault=node_errors");
  await runButton(page).click();
  await runState(page, "failed");
}

async function expectMarked(page) {
  const input = refused(page).locator("input, select");
  await expect(input).toBeFocused();
  await expect(input).toBeInViewport();
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(input).toHaveAccessibleDescription(/Value not in list: sampler_name: 'eulr'/);
}

for (const tab of ["Form", "All parameters", "Graph", /^Problems/]) {
  test(`the field is marked, focused and in view from: ${tab}`, async ({ page, endpoint }) => {
    await openExample(page, /Text to image/);
    await showTab(page, tab);
    await refuse(page, endpoint);
    await expectMarked(page);
  });
}

test("the card names the field as the form names it, and leads there again", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await showTab(page, "Form");
  await refuse(page, endpoint);
  const label = await refused(page).locator("input, select").getAttribute("aria-label");
  // The mark is not a change: the bar still says how the run ended.
  await expect(page.locator(".status-words")).toHaveText(/^Failed after/);
  const link = page.locator(".node-errors").getByRole("button", { name: label, exact: true });
  await expect(link).toBeVisible();
  await link.click();
  await expectMarked(page);
});

test("the mark goes when the value changes, and with the next run", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await refuse(page, endpoint);
  const input = field(page, "Sampler, sampler_name");
  await input.press("End");
  await input.press("x");
  await expect(input).not.toHaveAttribute("aria-invalid");
  await runButton(page).click();
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await runState(page, "failed");
  await page.getByLabel("Endpoint", { exact: true }).fill(`${endpoint.url}/infer`);
  await input.press("Backspace");
  await runButton(page).click();
  await runState(page, "done");
  await expect(input).not.toHaveAttribute("aria-invalid");
});

test("a value that the package refuses is marked before anything is sent", async ({ page }) => {
  await openExample(page, /Text to image/);
  const seed = field(page, "Sampler, seed");
  await seed.fill("18446744073709551616");
  await showTab(page, "Graph");
  await runButton(page).click();
  await runState(page, "failed");
  await expect(page.locator(".failure-code")).toHaveText("invalid_param");
  const marked = page.locator("[data-key='3-inputs-seed']").getByRole("textbox");
  await expect(marked).toBeFocused();
  await expect(marked).toHaveAttribute("aria-invalid", "true");
  await expect(marked).toHaveAccessibleDescription(/18446744073709551615/);
});

test("an address that is not one is said on leaving the field, and stops the run there", async ({ page }) => {
  await openExample(page, /Text to image/);
  await page.getByText("Endpoint", { exact: true }).first().click();
  const endpoint = page.getByLabel("Endpoint", { exact: true });
  for (const text of ["deployment", "ftp://deployment.example", "https://", "//x"]) {
    await endpoint.fill(text);
    await expect(endpoint).not.toHaveAttribute("aria-invalid");
    await endpoint.press("Tab");
    await expect(endpoint, text).toHaveAttribute("aria-invalid", "true");
    await expect(endpoint).toHaveAccessibleDescription(/not an address/);
    await endpoint.fill("/api/viewcomfy");
    await expect(endpoint).not.toHaveAttribute("aria-invalid");
  }
  await endpoint.fill("deployment");
  await runButton(page).click();
  await expect(endpoint).toBeFocused();
  await expect(page.locator("#run")).toHaveAttribute("data-run", "idle");
  await endpoint.fill("https://name:word@deployment.example/infer");
  await endpoint.press("Tab");
  await expect(endpoint).toHaveAccessibleDescription(/password/);
});
