// The demo in front of several places to run: a choice beside where it runs, which is kept.

import { test as base, expect } from "@playwright/test";

import { startCloud } from "../support/cloud.js";
import { startComfy } from "../support/comfyui.js";
import { startDemo } from "../support/demo.js";
import { hold, release } from "../support/requests.js";
import { requests, runButton, runState, showTab } from "./page-driver.js";

const test = base.extend({
  places: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const [cloud, comfy] = await Promise.all([startCloud(), startComfy()]);
      const variables = {
        VIEWCOMFY_API_URL: `${cloud.url}/infer?cloud=1`,
        VIEWCOMFY_CLOUD_URL: `${cloud.url}/cloud`,
        VIEWCOMFY_CLIENT_ID: "local-id",
        VIEWCOMFY_CLIENT_SECRET: "local-secret",
      };
      const args = ["--local", "--speed", "100", "--comfyui", comfy.url, "--cloud", "--deployment"];
      const demo = await startDemo(variables, args);
      await use({ cloud, comfy, demo });
      await Promise.all([demo.close(), cloud.close(), comfy.close()]);
    },
    { scope: "worker" },
  ],
});

const place = (page, name) =>
  page.getByRole("group", { name: "Where it runs" }).getByText(name, { exact: true });
const radio = (page, name) => page.getByRole("radio", { name, exact: true });

async function runsTo(page, state) {
  await runButton(page).click();
  await runState(page, state);
}

test("a workflow that lies open runs at each of the places", async ({ page, places }) => {
  await page.goto(places.demo.url);
  await expect(radio(page, "Stand-in")).toBeChecked();
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runsTo(page, "done");
  await expect(page.getByText("draws pictures instead of running models")).toBeVisible();

  await place(page, "ComfyUI").click();
  await expect(page.getByText(new URL(places.comfy.url).host, { exact: true }).first()).toBeVisible();
  await expect(page.getByText("The deployed workflow", { exact: true })).toBeHidden();
  await showTab(page, /^Problems/);
  await expect(page.getByText(/^Checked against .* classes/)).toBeVisible();
  const posted = async () => Object.keys((await places.comfy.counts()).prompts).length;
  const before = await posted();
  await runsTo(page, "done");
  expect(await posted()).toBe(before + 1);
  // The runs of every place, the newest first.
  const earlier = page.locator("#earlier").getByRole("listitem");
  await expect(earlier).toHaveCount(2);

  await place(page, "Cloud API").click();
  await expect(page.getByText("Your deployment, through the cloud API", { exact: true })).toBeVisible();
  await places.cloud.forget();
  await runsTo(page, "done");
  await expect(earlier).toHaveCount(3);
  expect((await places.cloud.counts()).jobs).toHaveLength(1);

  await place(page, "Deployment").click();
  const calls = async () => (await requests(places.cloud)).length;
  const called = await calls();
  await runsTo(page, "done");
  expect(await calls()).toBe(called + 1);
  expect((await places.cloud.counts()).jobs).toHaveLength(1);
  await expect(earlier).toHaveCount(4);
  await page.getByText("Code", { exact: true }).click();
  await expect(page.getByLabel("JavaScript")).toContainText('endpoint: "/api/viewcomfy/deployment"');
});

test("the choice is kept, and stays as it is while a run goes on", async ({ page, places }) => {
  await page.goto(places.demo.url);
  await place(page, "Deployment").click();
  await page.reload();
  await expect(radio(page, "Deployment")).toBeChecked();
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await hold(places.cloud.url);
  await runButton(page).click();
  await expect(radio(page, "ComfyUI")).toBeDisabled();
  await release(places.cloud.url);
  await runState(page, "done");
  await expect(radio(page, "ComfyUI")).toBeEnabled();
});
