// Which workflow runs is chosen beside Run, and stays as it was chosen.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import {
  drop,
  exampleText,
  forgetRequests,
  openExample,
  requests,
  runButton,
  runState,
  typeEndpoint,
} from "./page-driver.js";

test.beforeEach(({ endpoint }) => forgetRequests(endpoint));

const thisFile = (page) => page.getByRole("radio", { name: "This file" });
const deployed = (page) => page.getByRole("radio", { name: "The deployed workflow" });

async function run(page) {
  await runButton(page).click();
  await runState(page, "done");
}

test("typing another address flips nothing: this file is sent where this file was chosen", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await typeEndpoint(page, "https://deployment.example/infer");
  await expect(thisFile(page)).toBeChecked();
  await typeEndpoint(page, `${endpoint.url}/infer?x=1`);
  await expect(thisFile(page)).toBeChecked();
  await run(page);
  expect((await requests(endpoint))[0].workflow_api).toContain("11400714819323198485");
});

test("the deployed workflow, once chosen, stays through addresses, files and a reload", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await page.getByText("The deployed workflow", { exact: true }).click();
  await expect(page.getByText(/^Only values are sent/)).toBeVisible();
  await typeEndpoint(page, "https://deployment.example/infer");
  await typeEndpoint(page, `${endpoint.url}/infer`);
  await expect(deployed(page)).toBeChecked();
  // A converted workflow has no deployed twin; the choice comes back with the next file.
  await drop(page, fixture("editor/model_free.json"));
  await expect(thisFile(page)).toBeChecked();
  await expect(deployed(page)).toBeDisabled();
  await page.reload();
  await drop(page, { name: "workflow_api.json", bytes: exampleText("text-to-image") });
  await page.locator("body[data-inspected]").waitFor();
  await expect(deployed(page)).toBeChecked();
  await run(page);
  expect((await requests(endpoint))[0].workflow_api).toBe(null);
});

test("the choice is beside Run, and reached by keys", async ({ page }) => {
  await openExample(page, /Text to image/);
  const choice = page.locator("#run-bar").getByRole("group", { name: "What runs" });
  await expect(choice).toBeVisible();
  await thisFile(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(deployed(page)).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(runButton(page)).toBeFocused();
});
