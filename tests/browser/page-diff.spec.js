// Two files at once: what differs, and the way back to either.

import { expect, test } from "../support/fixtures.js";
import { found } from "../support/found.js";
import { drop, exampleText, runButton } from "./page-driver.js";

function changed() {
  const workflow = JSON.parse(exampleText("text-to-image").replace("11400714819323198485", '"exact"'));
  workflow["6"].inputs.text = workflow["6"].inputs.text.replace("at dusk", "at dawn");
  workflow["8"].inputs.vae = ["10", 0];
  workflow["10"] = { class_type: "VAELoader", inputs: { vae_name: "fine.safetensors" } };
  return JSON.stringify(workflow).replace('"exact"', "11400714819323198486");
}

const pair = () => [
  { name: "a.json", bytes: exampleText("text-to-image") },
  { name: "b.json", bytes: changed() },
];

test("two workflows are compared: parameters with both values, nodes, links", async ({ page }) => {
  await page.goto("/");
  await drop(page, pair());
  await expect(page.getByRole("heading", { name: "What differs" })).toBeFocused();
  await expect(page.locator(".facts")).toHaveText("2 parameters changed · 1 node added · 1 link rewired");
  const parameters = page.getByRole("region", { name: "Changed parameters" });
  await expect(parameters).toContainText("11400714819323198485");
  await expect(parameters).toContainText("11400714819323198486");
  await expect(parameters.locator(".value-a mark", { hasText: "dusk" })).toBeVisible();
  await expect(parameters.locator(".value-b mark", { hasText: "dawn" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Added nodes" })).toContainText("VAELoader");
  await expect(page.getByRole("region", { name: "Rewired links" })).toContainText(
    "from Checkpoint #4, its VAE",
  );
  await expect(page.getByRole("region", { name: "Rewired links" })).toContainText(
    "from VAELoader #10, its VAE",
  );
  await expect(runButton(page)).toBeDisabled();
});

test("sides are swapped, either is opened, and compared again", async ({ page }) => {
  await page.goto("/");
  await drop(page, pair());
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(page.locator(".facts")).toHaveText("2 parameters changed · 1 node removed · 1 link rewired");
  await page.getByRole("button", { name: "Open A: b.json" }).click();
  await expect(page.getByRole("heading", { name: "b.json" })).toBeVisible();
  await expect(runButton(page)).toBeEnabled();
  await page.getByRole("group", { name: "Files" }).getByRole("button", { name: "Compare both" }).click();
  await expect(page.getByRole("heading", { name: "What differs" })).toBeVisible();
});

test("two pictures of the same workflow do the same", async ({ page }) => {
  await page.goto("/");
  await drop(page, [found("text.png"), found("picture.webp")]);
  await expect(page.getByText("The two do the same")).toBeVisible();
});
