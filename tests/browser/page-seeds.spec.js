// The seed in the field is the one that is sent; its switch alone decides whether it is drawn.

import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import {
  drop,
  exampleText,
  field,
  forgetRequests,
  openExample,
  requests,
  runButton,
  runState,
  saved,
  showTab,
} from "./page-driver.js";

const OWN_SEED = "11400714819323198485";

test.beforeEach(({ endpoint }) => forgetRequests(endpoint));

async function run(page) {
  await runButton(page).click();
  await runState(page, "done");
}

/** The text of the newest request's parameters, with every digit. */
async function paramsSent(endpoint) {
  return (await requests(endpoint)).at(-1).params;
}

const randomEachRun = (page, label) => page.getByRole("switch", { name: `Random each run: ${label}` });

test("a dropped picture with the switch off runs with exactly its own seed", async ({ page, endpoint }) => {
  const file = found("text.png");
  const own = /"seed": ?(\d+)/.exec(String(found("prompt.json").bytes))[1];
  await page.goto("/");
  await drop(page, file);
  await showTab(page, "All parameters");
  const seed = page.locator(".row-seed").first();
  await expect(seed.getByRole("switch")).not.toBeChecked();
  await expect(seed).toContainText("it makes this picture again");
  await expect(page.locator(".status-words")).toContainText("the seed is the one in its field");
  await runButton(page).click();
  await expect.poll(() => requests(endpoint)).toHaveLength(1);
  expect(await paramsSent(endpoint)).toMatch(new RegExp(`"[^"]*seed":${own}[,}]`));
});

test("nothing changed: the file's seed is sent, stands under the output, and is the same the next time", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await run(page);
  await expect(page.locator("#outputs .seeds code")).toHaveText(OWN_SEED);
  await run(page);
  const sent = (await requests(endpoint)).map(({ params }) => params);
  expect(sent).toEqual(Array(2).fill(`{"3-inputs-seed":${OWN_SEED}}`));
});

test("another change leaves the seed as it stands", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, steps").fill("7");
  await run(page);
  expect(await paramsSent(endpoint)).toBe(`{"3-inputs-steps":7,"3-inputs-seed":${OWN_SEED}}`);
  await expect(page.locator("#outputs .seeds code")).toHaveText(OWN_SEED);
});

test("the switch draws a seed at each run, says so before, and keeping one turns it off", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await randomEachRun(page, "Sampler, seed").check();
  await expect(page.locator(".status-words")).toContainText("a new seed is drawn");
  await run(page);
  await run(page);
  const [first, second] = (await requests(endpoint)).map(({ params }) => params);
  expect(first).not.toBe(second);
  const used = await page.locator("#outputs .seeds code").textContent();
  expect(second).toBe(`{"3-inputs-seed":${used}}`);
  await page.getByRole("button", { name: "Keep this seed" }).click();
  await expect(randomEachRun(page, "Sampler, seed")).not.toBeChecked();
  await expect(field(page, "Sampler, seed")).toHaveValue(used);
  await run(page);
  expect(await paramsSent(endpoint)).toBe(second);
});

test("typing a number is a decision, also when it is the file's own", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  const seed = field(page, "Sampler, seed");
  await randomEachRun(page, "Sampler, seed").check();
  await expect(seed).toHaveValue("");
  await seed.fill(OWN_SEED);
  await expect(randomEachRun(page, "Sampler, seed")).not.toBeChecked();
  await run(page);
  expect(await paramsSent(endpoint)).toBe(`{"3-inputs-seed":${OWN_SEED}}`);
});

test("switched off again, the number is back that stood there", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, seed").fill("42");
  await randomEachRun(page, "Sampler, seed").check();
  await randomEachRun(page, "Sampler, seed").uncheck();
  await expect(field(page, "Sampler, seed")).toHaveValue("42");
});

test("an editor file's own choice is where the switch begins", async ({ page }) => {
  const file = fixture("editor/lighthouse_04.json");
  const text = String(file.bytes);
  expect(text).toContain("randomize");
  await page.goto("/");
  await drop(page, file);
  await showTab(page, "All parameters");
  const row = page.locator(".row-seed").first();
  await expect(row.getByRole("switch")).toBeChecked();
  await expect(row).toContainText("as the file says");
  await expect(page.locator(".status-words")).toContainText("a new seed is drawn");
  await expect(page.locator(".changed-count")).toHaveCount(0);
  // Typed while it is drawn, the file's own seed counts.
  await row.getByRole("textbox").fill("18446744073709551615");
  await expect(row.getByRole("switch")).not.toBeChecked();
  await expect(page.getByText("1 changed")).toBeVisible();
  await expect(page.locator(".status-words")).toContainText("the seed is the one in its field");

  await drop(page, { name: "fixed.json", bytes: text.replace('"randomize"', '"fixed"') });
  await expect(page.getByRole("heading", { name: "fixed.json" })).toBeVisible();
  await showTab(page, "All parameters");
  await expect(page.locator(".row-seed").first().getByRole("switch")).not.toBeChecked();
});

test("form and table show one switch", async ({ page }) => {
  await openExample(page, /Text to image/);
  await randomEachRun(page, "Sampler, seed").check();
  await showTab(page, "Form");
  await expect(page.locator(".row-seed").getByRole("switch")).toBeChecked();
});

test("a saved file has the number that stands in the field, drawn or not", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await randomEachRun(page, "Sampler, seed").check();
  const { bytes } = await saved(page, page.getByRole("button", { name: "Save workflow" }));
  expect(bytes.toString()).toBe(
    exampleText("text-to-image").trim().replace(OWN_SEED, "18446744073709551615"),
  );
});
