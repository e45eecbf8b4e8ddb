// Files in a form of <viewcomfy-app>: chosen, shown, taken away, sent with their mask; and forms that somebody designed.

import { readFileSync } from "node:fs";

import { expect, status, test } from "../support/element-page.js";
import { settledRequest } from "../support/requests.js";

const fixture = (path) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
const PICTURE = { name: "fox <b>.png", mimeType: "image/png", buffer: fixture("found/text.png") };
const EDIT =
  '<viewcomfy-app src="/fixtures/workflows/model_free_edit.json" endpoint="/api/viewcomfy" send-workflow></viewcomfy-app>';

test("a picture is shown with its name, sent, and taken away again", async ({ page, open, endpoint }) => {
  await open(EDIT);
  const name = page.getByLabel("Image, name of a file on the server");
  await expect(name).toHaveValue("input.png");
  await page.getByLabel("Choose a file: Image").setInputFiles(PICTURE);
  await expect(page.getByText("fox <b>.png,")).toBeVisible();
  await expect(name).toBeHidden();
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  const { files } = await settledRequest(endpoint.url);
  expect(files.map(({ name, size }) => [name, size])).toEqual([["load-inputs-image", PICTURE.buffer.length]]);
  await page.getByRole("button", { name: "Remove the file: Image" }).click();
  await expect(name).toHaveValue("input.png");
});

test("files and masks are values as well", async ({ page, open, endpoint }) => {
  await open(EDIT);
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  await page.locator("viewcomfy-app").evaluate(async (app) => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d");
    const image = await canvas.convertToBlob();
    app.values = { "load-inputs-image": { image, mask: image } };
    await app.run();
  });
  await status(page, "done");
  const { files } = await settledRequest(endpoint.url);
  expect(files.map(({ name }) => name)).toEqual(["load-inputs-image", "load-inputs-image-viewcomfymask"]);
});

test("a designed form has its own titles, values and hidden fields", async ({ page, open }) => {
  // The fixture has the design alone; a file of the service's has the workflow beside it.
  const { workflows, ...file } = JSON.parse(fixture("view_comfy/designed.json"));
  const workflowApiJSON = JSON.parse(fixture("view_comfy/workflow_api.json"));
  await open('<viewcomfy-app endpoint="/api/viewcomfy"></viewcomfy-app>');
  await page.locator("viewcomfy-app").evaluate(
    (app, text) => {
      app.workflow = text;
    },
    JSON.stringify({ ...file, workflows: [{ ...workflows[1], workflowApiJSON }] }),
  );
  await expect(page.getByLabel("Obedience", { exact: true })).toHaveValue("6.5");
  await expect(page.getByRole("slider", { name: "Obedience, slider" })).toHaveValue("6.5");
  await expect(page.getByText("How closely the prompt is followed")).toBeVisible();
  await expect(page.getByText("Paints a coast.")).toBeVisible();
  await page.getByRole("slider", { name: "Obedience, slider" }).fill("8");
  const values = await page.locator("viewcomfy-app").evaluate((app) => app.values);
  expect(values["3-inputs-cfg"]).toBe(8);
  expect("3-inputs-seed" in values).toBe(true);
});
