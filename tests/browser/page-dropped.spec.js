// A picture dropped beside its field is asked about: it may be an input, or the file whose workflow is meant.

import { expect, test } from "../support/fixtures.js";
import { found } from "../support/found.js";
import { drawPng, drop, field, openExample } from "./page-driver.js";

const picture = found("text.png");

test("a picture with a workflow, dropped beside the field: what it is meant for is asked", async ({
  page,
}) => {
  await openExample(page, /Edit an image/);
  await field(page, "Resize, width").fill("192");
  await drop(page, picture);
  const question = page.getByRole("group", { name: "What is text.png meant for?" });
  await expect(question).toBeVisible();
  await expect(page.getByRole("heading", { name: "edit-image.json" })).toBeVisible();
  await expect(field(page, "Resize, width")).toHaveValue("192");
  const use = question.getByRole("button", { name: "Use it as Your picture, image" });
  await expect(use).toBeFocused();
  await use.press("Enter");
  await expect(page.locator(".file-fact")).toContainText("text.png");
  await expect(question).toBeHidden();
  // Its workflow was not opened.
  await expect(page.getByRole("heading", { name: "edit-image.json" })).toBeVisible();
});

test("its workflow opens where that is the answer, and the changes of the other are kept", async ({
  page,
}) => {
  await openExample(page, /Edit an image/);
  await field(page, "Resize, width").fill("192");
  await drop(page, picture);
  await page.getByRole("button", { name: "Open its workflow" }).click();
  await expect(page.getByRole("heading", { name: "text.png" })).toBeFocused();
  await openExample(page, /Edit an image/);
  await expect(field(page, "Resize, width")).toHaveValue("192");
});

test("nothing is asked on the field, for a chosen file, or where no field takes it", async ({ page }) => {
  const question = page.getByRole("group", { name: /meant for/ });
  await openExample(page, /Edit an image/);
  await drop(page, picture, "[data-file-drop]");
  await expect(page.locator(".file-fact")).toContainText("text.png");
  await expect(question).toHaveCount(0);
  await page.getByLabel("Workflow file").setInputFiles({
    name: picture.name,
    mimeType: picture.type,
    buffer: picture.bytes,
  });
  await expect(page.getByRole("heading", { name: "text.png" })).toBeVisible();
  await openExample(page, /Text to image/);
  await drop(page, picture);
  await expect(page.getByRole("heading", { name: "text.png" })).toBeVisible();
  await expect(question).toHaveCount(0);
});

test("dismissed, nothing changes", async ({ page }) => {
  await openExample(page, /Edit an image/);
  await drop(page, picture);
  await page.getByRole("button", { name: "Dismiss message" }).click();
  await expect(page.getByRole("heading", { name: "edit-image.json" })).toBeVisible();
  await expect(page.locator(".file-fact")).toContainText("A file the server has");
  const plain = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "plain.png", type: "image/png", bytes: plain });
  await expect(page.getByRole("alert")).toContainText("holds no workflow");
});
