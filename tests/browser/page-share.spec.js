// A link that holds the workflow: made, opened, kept in the address, and refused when it is hostile or too large.

import { deflateRawSync } from "node:zlib";

import { expect, test } from "../support/fixtures.js";
import { drop, exampleText, field, openExample, showTab } from "./page-driver.js";

const fragment = (bytes) => `#workflow=${deflateRawSync(bytes, { level: 9 }).toString("base64url")}`;

async function linkOf(page) {
  await page.getByRole("button", { name: "Share" }).click();
  return page.getByLabel("Link", { exact: true }).inputValue();
}

test("a shared link opens the workflow with its changes, and uploads nothing", async ({ page, context }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await field(page, "Prompt, text").fill("ein Fuchs – 狐");
  const link = await linkOf(page);
  await expect(page.getByText("nothing is uploaded").first()).toBeVisible();

  const other = await context.newPage();
  const asked = [];
  other.on("request", (request) => asked.push(request.url()));
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "text-to-image.json" })).toBeVisible();
  await showTab(other, "All parameters");
  await expect(field(other, "Sampler, seed")).toHaveValue("18446744073709551615");
  await expect(field(other, "Prompt, text")).toHaveValue("ein Fuchs – 狐");
  expect(asked.some((url) => url.includes("workflow="))).toBe(false);
  // A reload brings it back; another file takes it out of the address.
  await other.reload();
  await expect(other.getByRole("heading", { name: "text-to-image.json" })).toBeVisible();
  await drop(other, { name: "next.json", bytes: exampleText("edit-image") });
  await expect(other.getByRole("heading", { name: "next.json" })).toBeVisible();
  expect(new URL(other.url()).hash).toBe("");
});

const TEXT = fragment(exampleText("text-to-image"));
const HOSTILE = [
  ["what is not base64", "#workflow=%%%", "characters that no link of this page has"],
  ["bytes that are not deflated", "#workflow=AAECAwQF", "The link is damaged"],
  ["bytes that are not text", fragment(Buffer.from([0xff, 0xfe, 0xff])), "The link is damaged"],
  ["a stream that breaks off", TEXT.slice(0, 200), "The link is damaged"],
  ["8 MB of zeros and more", fragment(Buffer.alloc(64 * 1024 * 1024)), "larger than 8 MB"],
  ["nothing", "#workflow=", "The link is damaged"],
  ["a text that is not a workflow", fragment("<script>alert(1)</script>"), "not a workflow in API format"],
  ["more than any link has", `#workflow=${"A".repeat(300_000)}`, "longer than any that this page makes"],
];

for (const [what, hash, words] of HOSTILE) {
  test(`a link with ${what} gives a notice`, async ({ page }) => {
    await page.goto(`/${hash}`);
    await expect(page.getByRole("alert")).toContainText(words);
    await expect(page.locator("body[data-state=empty]")).toBeVisible();
    await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();
  });
}

test("a link that cannot be opened leaves the address", async ({ page }) => {
  await page.goto("/#workflow=%%%");
  await expect(page.getByRole("alert")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("");
});

for (const [what, name, heading] of [
  ["markup", encodeURIComponent("<b onclick=x>"), "<b onclick=x>"],
  ["a thousand characters", "n".repeat(1_000), "n".repeat(120)],
  ["what is not UTF-8", "%E0%A4%A", "Shared workflow"],
  ["nothing", "", "Shared workflow"],
]) {
  test(`a link whose name is ${what} opens`, async ({ page }) => {
    await page.goto(`/${TEXT}&name=${name}`);
    await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible();
  });
}

test("a workflow that is too large for a link says so, and by how much", async ({ page }) => {
  const workflow = JSON.parse(exampleText("text-to-image"));
  const noise = Array.from({ length: 30_000 }, () => Math.random().toString(36).slice(2)).join(" ");
  workflow["6"].inputs.text = noise;
  await page.goto("/");
  await drop(page, { name: "large.json", bytes: JSON.stringify(workflow) });
  await page.locator("body[data-inspected]").waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("alert")).toContainText("too large for a link");
  await expect(page.getByRole("alert")).toContainText("60,000 characters");
});
