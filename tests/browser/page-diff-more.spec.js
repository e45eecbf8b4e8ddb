// A diff says all of what is only on one side, names outputs, shows both pictures, and begins at an open file.

import { expect, test } from "../support/fixtures.js";
import { found } from "../support/found.js";
import { drop, exampleText, field, openExample } from "./page-driver.js";

const section = (page, name) => page.getByRole("region", { name, exact: true });

async function compareWith(page, file) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Compare with …" }).click();
  await (await chooser).setFiles({
    name: file.name,
    mimeType: "application/json",
    buffer: Buffer.from(file.bytes),
  });
  await expect(page.getByRole("heading", { name: "What differs" })).toBeVisible();
}

test("an open workflow is compared as it is changed, and opens again with its changes", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, steps").fill("31");
  const other = JSON.parse(exampleText("text-to-image"));
  other["10"] = {
    class_type: "LatentUpscale",
    inputs: { samples: ["3", 0], upscale_method: "bislerp", width: 1536, height: 1024, crop: "disabled" },
    _meta: { title: "Larger" },
  };
  other["8"].inputs.samples = ["10", 0];
  await compareWith(page, { name: "other.json", bytes: JSON.stringify(other) });
  await expect(section(page, "Changed parameters")).toContainText("31");
  const added = section(page, "Added nodes");
  await expect(added).toContainText("Larger");
  await expect(added.locator("dl")).toContainText("upscale_methodbislerp");
  await expect(added.locator("dl")).toContainText("from Sampler #3, its LATENT");
  await page.getByRole("button", { name: /^Open A: text-to-image/ }).click();
  await expect(
    field(page, "Sampler, steps").or(page.getByLabel("Sampler, Steps", { exact: true })),
  ).toHaveValue("31");
  await expect(page.getByText("1 changed")).toBeVisible();
});

test("removed nodes say what they had, and rewired links name their outputs", async ({ page }) => {
  const before = JSON.parse(exampleText("text-to-image"));
  const after = structuredClone(before);
  delete after["7"];
  after["3"].inputs.negative = ["6", 0];
  await page.goto("/");
  await drop(page, [
    { name: "before.json", bytes: JSON.stringify(before) },
    { name: "after.json", bytes: JSON.stringify(after) },
  ]);
  const removed = section(page, "Removed nodes");
  await expect(removed.locator("dl")).toContainText("blurry, text, watermark");
  await expect(removed.locator("dl")).toContainText("from Checkpoint #4, its CLIP");
  await expect(section(page, "Rewired links")).toContainText("from Prompt #6, its CONDITIONING");
});

test("where both files are pictures, both are seen", async ({ page }) => {
  await page.goto("/");
  await drop(page, [found("text.png"), found("picture.webp")]);
  await expect(page.getByRole("heading", { name: "What differs" })).toBeVisible();
  for (const name of ["A: text.png", "B: picture.webp"]) {
    const picture = page.getByRole("img", { name });
    await expect(picture).toBeVisible();
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  }
});

test("a file without a workflow is refused beside the open one", async ({ page }) => {
  await openExample(page, /Text to image/);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Compare with …" }).click();
  await (await chooser).setFiles({ name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("words") });
  await expect(page.getByRole("alert")).toContainText("plain.txt holds no workflow");
  await expect(field(page, "Sampler, steps")).toBeVisible();
});
