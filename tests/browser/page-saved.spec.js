// What is saved has the changes in it, in each format, every other byte as it was.

import { crc32 } from "node:zlib";

import init, { applyParams, toApiFormat } from "../../pkg/inspect-node.js";
import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { drawPng, drop, exampleText, field, openExample, saved, showTab } from "./page-driver.js";

test.beforeAll(() => init());

const button = (page, name) => page.getByRole("button", { name, exact: true });

test("a workflow in API format is saved with its changes", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Prompt, text").fill("a red fox");
  await field(page, "Sampler, steps").fill("7");
  const { name, bytes } = await saved(page, button(page, "Save workflow"));
  expect(name).toBe("text-to-image.json");
  const before = JSON.parse(exampleText("text-to-image"));
  before["6"].inputs.text = "a red fox";
  before["3"].inputs.steps = 7;
  expect(JSON.parse(bytes.toString().replace("11400714819323198485", "0"))).toEqual(
    JSON.parse(JSON.stringify(before).replace(/"seed":\d+/, '"seed":0')),
  );
  expect(bytes.toString()).toContain("11400714819323198485");
});

test("downloaded parameters have the changes in them", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Prompt, text").fill("a red fox");
  const { bytes } = await saved(page, button(page, "Download parameters"));
  expect(bytes.toString()).toContain('\n    "6-inputs-text": "a red fox",\n');
  expect(bytes.toString()).toContain('\n    "3-inputs-seed": 11400714819323198485,\n');
});

test("an editor file is saved in both formats, both with the changes", async ({ page }) => {
  const file = fixture("editor/lighthouse_04.json");
  await page.goto("/");
  await drop(page, file);
  await showTab(page, "All parameters");
  const steps = page.locator("[data-key='3-inputs-steps']").getByRole("textbox");
  await steps.fill("7");
  await page.locator("[data-key='3-inputs-seed']").getByRole("textbox").fill("18446744073709551614");

  const api = await saved(page, button(page, "Download API format"));
  expect(api.name).toBe("lighthouse_04_api.json");
  expect(api.bytes.toString()).toContain('"steps": 7');
  expect(api.bytes.toString()).toContain("18446744073709551614");

  const editor = await saved(page, button(page, "Save workflow"));
  expect(editor.name).toBe("lighthouse_04.json");
  const expected = await applyParams(file.bytes, {
    "3-inputs-steps": 7,
    "3-inputs-seed": 18446744073709551614n,
  });
  expect(editor.bytes.toString()).toBe(expected);
  expect(editor.bytes.toString()).not.toBe(file.bytes.toString());
});

/** The picture with texts in it, as ComfyUI's SaveImage writes them. */
function withTexts(png, texts) {
  const chunks = Object.entries(texts).map(([keyword, text]) => {
    const body = Buffer.from(`tEXt${keyword}\0${text}`, "latin1");
    const chunk = Buffer.alloc(body.length + 8);
    chunk.writeUInt32BE(body.length - 4, 0);
    body.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(body), body.length + 4);
    return chunk;
  });
  const end = png.lastIndexOf("IEND") - 4;
  return Buffer.concat([png.subarray(0, end), ...chunks, png.subarray(end)]);
}

test("a picture that holds both formats is saved as either, with the changes", async ({ page }) => {
  const workflow = String(fixture("editor/lighthouse_04.json").bytes);
  const { json: prompt } = await toApiFormat(workflow);
  await page.goto("/");
  const bytes = withTexts(await drawPng(page, 8, 8, "#c63"), { prompt, workflow });
  await drop(page, { name: "both.png", type: "image/png", bytes });
  await showTab(page, "All parameters");
  await page.locator("[data-key='6-inputs-text']").getByRole("textbox").fill("a red fox");
  const api = await saved(page, button(page, "Save workflow"));
  expect(api.name).toBe("both_api.json");
  expect(api.bytes.toString()).toBe(prompt.replace("a lighthouse at dusk", "a red fox"));
  const editor = await saved(page, button(page, "Download editor format"));
  expect(editor.name).toBe("both.json");
  expect(editor.bytes.toString()).toBe(workflow.trim().replace("a lighthouse at dusk", "a red fox"));
});

test("what the editor's format cannot take is said, and the API format has it", async ({ page }) => {
  // The two workflows in this file are not the same.
  await page.goto("/");
  await drop(page, found("text.png"));
  await showTab(page, "All parameters");
  await page.locator("[data-key='6-inputs-text']").getByRole("textbox").fill("a red fox");
  await button(page, "Download editor format").click();
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("6-inputs-text");
  const { bytes } = await saved(page, notice.getByRole("button", { name: "Download API format" }));
  expect(bytes.toString()).toContain("a red fox");
});

test("a file of one's own is left out of what is saved, and the rest is in it", async ({ page }) => {
  await openExample(page, /Edit an image/);
  const bytes = await drawPng(page, 8, 8, "#c63");
  await drop(page, { name: "fox.png", type: "image/png", bytes }, "[data-file-drop]");
  await field(page, "Resize, width").fill("192");
  const file = await saved(page, button(page, "Save workflow"));
  const nodes = JSON.parse(file.bytes.toString());
  expect(nodes["3"].inputs.width).toBe(192);
  expect(nodes["1"].inputs.image).toBe(JSON.parse(exampleText("edit-image"))["1"].inputs.image);
});
