// Every way a run can fail, as the demo page tells it: which code, and what to do.

import { expect, test } from "../support/fixtures.js";
import { closedAddress } from "../support/serve.js";
import { askForFault, openExample, runButton, runState } from "./page-driver.js";

const STREAMED = {
  drop_in_log: "network",
  drop_in_result: "network",
  no_result: "stream_ended",
  error_event: "execution_failed",
  unauthorized: "unauthorized",
  forbidden: "unauthorized",
  invalid_params: "validation_failed",
  node_errors: "validation_failed",
  node_errors_event: "validation_failed",
  rate_limited: "rate_limited",
  rate_limited_date: "rate_limited",
  html_500: "http_status",
  wrong_type: "invalid_response",
  invalid_json: "invalid_response",
  invalid_base64: "invalid_output",
  wrong_size: "invalid_output",
  failed_result: "execution_failed",
};

test.beforeEach(({ page }) => openExample(page, /Text to image/));

for (const [fault, code] of Object.entries(STREAMED)) {
  test(`${fault} is told as ${code}`, async ({ page, endpoint }) => {
    await askForFault(page, endpoint, `fault=${fault}`);
    await runButton(page).click();
    await runState(page, "failed");
    const failure = page.getByRole("alert");
    await expect(failure.locator(".failure-code")).toHaveText(code);
    await expect(failure.getByText("Try this:")).toBeVisible();
    await expect(failure.locator(".failure-message")).not.toBeEmpty();
    await expect(runButton(page)).toBeEnabled();
    await expect(page.getByRole("img", { name: /^Output / })).toHaveCount(0);
  });
}

test("an endpoint that is not there is a network failure, and leads to the setting", async ({ page }) => {
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Endpoint", { exact: true }).fill(`${await closedAddress()}/infer`);
  await page.getByRole("radio", { name: "None" }).check({ force: true });
  await runButton(page).click();
  await expect(page.locator(".failure-code")).toHaveText("network");
  await page.getByRole("button", { name: "Check the endpoint" }).click();
  await expect(page.getByLabel("Endpoint", { exact: true })).toBeFocused();
});

test("half of the credentials is told before anything is sent", async ({ page }) => {
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Client secret").fill("");
  await runButton(page).click();
  await expect(page.locator(".failure-code")).toHaveText("missing_credentials");
});

test("a refused input leads to its field", async ({ page, endpoint }) => {
  await askForFault(page, endpoint, "fault=node_errors");
  await runButton(page).click();
  const errors = page.locator(".node-errors li");
  await expect(errors.first()).toBeVisible();
  await errors.first().getByRole("button").click();
  await expect(page.locator("#what .row :focus")).toHaveCount(1);
});

test("the log opens at its end, and the next run clears the failure", async ({ page, endpoint }) => {
  await askForFault(page, endpoint, "fault=drop_in_log");
  await runButton(page).click();
  await runState(page, "failed");
  await expect(page.getByRole("log")).toBeVisible();
  await page.getByLabel("Endpoint", { exact: true }).fill(`${endpoint.url}/infer`);
  await page.getByRole("button", { name: "Run again" }).click();
  await runState(page, "done");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a link as output is shown and saved", async ({ page, endpoint }) => {
  await askForFault(page, endpoint, "fault=link_output");
  await runButton(page).click();
  await runState(page, "done");
  await expect(page.getByRole("img", { name: /^Output / })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .locator("#outputs")
      .getByRole("button", { name: /^Save / })
      .click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
});

test("a run without outputs says what a workflow needs", async ({ page, endpoint }) => {
  await askForFault(page, endpoint, "fault=no_outputs");
  await runButton(page).click();
  await runState(page, "done");
  await expect(page.getByText("The run finished without outputs")).toBeVisible();
});
