// The states of the demo page, each with the steps that lead to it: for accessibility checks and for screenshots. Each ends
// in waiting for what it names: a step that is only begun would be seen half done on a busy machine.

import { expect } from "@playwright/test";

import {
  askForFault,
  drawPng,
  drop,
  exampleText,
  openExample,
  runButton,
  runState,
  showTab,
} from "../browser/page-driver.js";
import { fixture, found } from "./found.js";
import { closedAddress } from "./serve.js";

/** @type {Record<string, (page: import("@playwright/test").Page, endpoint: { url: string }) => Promise<unknown>>} */
export const STATES = {
  empty: async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: /Text to image/ }).waitFor();
  },
  "not a workflow": async (page) => {
    await page.goto("/");
    await drop(page, found("none/plain.jpg"));
    await page.getByRole("alert").waitFor();
  },
  ready: (page) => openExample(page, /Text to image/),
  "with a file field": (page) => openExample(page, /Edit an image/),
  running: async (page, endpoint) => {
    await openExample(page, /Text to image/);
    await askForFault(page, endpoint, "fault=silent");
    await runButton(page).click();
    await runState(page, "waiting");
  },
  done: async (page) => {
    await openExample(page, /Text to image/);
    await runButton(page).click();
    await runState(page, "done");
    await page.getByRole("img", { name: /^Output / }).waitFor();
    for (const panel of ["Log", "Code"]) await page.getByText(panel, { exact: true }).click();
    await page.getByRole("tab", { name: "JavaScript", exact: true }).waitFor();
  },
  cancelled: async (page, endpoint) => {
    await STATES.running(page, endpoint);
    await page.keyboard.press("Escape");
    await runState(page, "cancelled");
  },
  offline: async (page) => {
    await openExample(page, /Text to image/);
    await page.context().setOffline(true);
    await page.locator("#offline").waitFor();
  },
  failed: async (page, endpoint) => {
    await openExample(page, /Text to image/);
    await askForFault(page, endpoint, "fault=node_errors");
    await runButton(page).click();
    await runState(page, "failed");
  },
  "a refused field, and an address that is not one": async (page, endpoint) => {
    await openExample(page, /Text to image/);
    await askForFault(page, endpoint, "fault=node_errors");
    await runButton(page).click();
    await runState(page, "failed");
    await page.locator("[data-key] [aria-invalid=true]").waitFor();
    await page.getByLabel("Endpoint", { exact: true }).fill("deployment");
    await page.getByLabel("Endpoint", { exact: true }).press("Tab");
    await page.getByText("This is not an address").waitFor();
  },
  "restored changes": async (page) => {
    await openExample(page, /Text to image/);
    await page.getByLabel("Prompt, text", { exact: true }).fill("a red fox");
    await openExample(page, /Text to image/);
    await page.getByText(/^Restored/).waitFor();
  },
  "changes to go on with": async (page) => {
    await openExample(page, /Text to image/);
    await page.getByLabel("Prompt, text", { exact: true }).fill("a red fox");
    await page.goto("/");
    await page.getByText("Or go on where you left off").waitFor();
  },
  "a question about a picture": async (page) => {
    await openExample(page, /Edit an image/);
    await drop(page, found("text.png"));
    await page.getByRole("button", { name: "Open its workflow" }).waitFor();
  },
  form: async (page) => {
    await openExample(page, /Text to image/);
    await showTab(page, "Form");
    await page.locator(".form .row").first().waitFor();
  },
  graph: async (page) => {
    await openExample(page, /Text to image/);
    await showTab(page, "Graph");
    await page.locator("g[data-node='3'] .box-body").click();
    await details(page).waitFor();
  },
  "the graph on the whole window": async (page) => {
    await openExample(page, /Text to image/);
    await showTab(page, "Graph");
    await page.locator("g[data-node='3'] .box-body").click();
    await details(page).waitFor();
    await page.getByRole("button", { name: "Show the graph on the whole window" }).click();
    await page.getByRole("button", { name: "Back to the page" }).waitFor();
  },
  "a subgraph opened in place": async (page) => {
    await page.goto("/");
    await drop(page, fixture("editor/subgraphs_1.json"));
    await showTab(page, "Graph");
    await page.locator("g[data-node='2'] .box-body").click();
    await page.getByRole("button", { name: "Open it in place" }).click();
    await page.getByRole("list", { name: "Opened in place" }).waitFor();
  },
  "about a picture": async (page) => {
    await page.goto("/");
    await drop(page, found("text.png"));
    await showTab(page, "About");
    await page.locator(".about").waitFor();
  },
  "the recipe, its models and packs": async (page) => {
    await page.goto("/");
    await drop(page, fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json"));
    await showTab(page, "About");
    await page.locator(".about").waitFor();
  },
  problems: async (page) => {
    await page.goto("/");
    const bytes = exampleText("text-to-image").replace('"4", 0', '"44", 0').replace(": 768", ": 770");
    await drop(page, { name: "broken.json", bytes });
    await showTab(page, /^Problems/);
    await page.getByText("Check against a server").click();
    await page.getByLabel("Address of a ComfyUI server").fill(await closedAddress());
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("cannot be read from this page").waitFor();
  },
  "choices of a server": async (page) => {
    await openExample(page, /Text to image/);
    await drop(page, fixture("definitions/object_info.json"));
    await page.getByRole("combobox", { name: "Sampler, scheduler" }).waitFor();
    await page.getByRole("button", { name: "About Sampler, steps" }).click();
    await page.getByRole("button", { name: "About Sampler, steps", expanded: true }).waitFor();
  },
  "converted, with things to know": async (page) => {
    await page.goto("/");
    await drop(page, versionless());
    await page.getByRole("button", { name: "1 thing to know" }).click();
    await page.getByRole("list", { name: "From the conversion" }).waitFor();
  },
  "converted, its graph": async (page) => {
    await page.goto("/");
    await drop(page, fixture("editor/model_free.json"));
    await showTab(page, "Graph");
    await page.locator("g[data-node='1'] .box-body").click();
    await details(page).waitFor();
  },
  "not converted": async (page) => {
    await page.goto("/");
    await drop(page, fixture("editor/odd_values.json"));
    await page.locator("g[data-node='6']").waitFor();
  },
  diff: async (page) => {
    await page.goto("/");
    const text = exampleText("text-to-image");
    await drop(page, [
      { name: "a.json", bytes: text },
      { name: "b.json", bytes: text.replace("at dusk", "at dawn").replace('"4", 1', '"4", 2') },
    ]);
    await page.getByRole("heading", { name: "What differs" }).waitFor();
  },
  "outputs enlarged": async (page) => {
    await STATES.done(page);
    await page.getByRole("button", { name: /^Enlarge / }).click();
    await page.getByRole("dialog", { name: "Output, enlarged" }).waitFor();
  },
  "earlier runs compared": async (page) => {
    await STATES.done(page);
    await page.getByRole("button", { name: /^Repeat/ }).click();
    const boxes = page.getByRole("checkbox", { name: /^Choose the run/ });
    await expect(boxes).toHaveCount(2);
    for (const box of await boxes.all()) await box.check();
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.getByRole("dialog", { name: "Comparison of two runs" }).waitFor();
  },
  "a grid of runs": async (page) => {
    await openExample(page, /Text to image/);
    await page.getByText("Several runs", { exact: true }).click();
    await page.getByRole("combobox", { name: "and", exact: true }).selectOption({ label: "Sampler, steps" });
    await page.getByRole("textbox", { name: "and: values" }).fill("2, 3");
    await page.getByRole("textbox", { name: "How many runs" }).fill("2");
    await page.getByRole("button", { name: "Run 4", exact: true }).click();
    await expect(page.locator(".sweep-cell[data-state=done]")).toHaveCount(4, { timeout: 60_000 });
  },
  "a mask is painted": async (page) => {
    await openExample(page, /Edit an image/);
    const image = await drawPng(page, 320, 200, "#c63");
    await drop(page, { name: "fox.png", type: "image/png", bytes: image }, "[data-file-drop]");
    await page.getByRole("button", { name: /^Paint a mask: / }).click();
    await page.getByRole("application", { name: /^Mask of / }).waitFor();
  },
  "the form's tag at work": async (page) => {
    await openTags(page);
    const form = page.getByRole("region", { name: "Live preview" });
    await form.getByRole("button", { name: "Run", exact: true }).click();
    await form.getByRole("img", { name: /^Output / }).waitFor();
  },
  "the file's tag at work": async (page) => {
    await openTags(page);
    await page.getByText("<comfy-workflow>", { exact: true }).click();
    await page.getByRole("region", { name: "Parameters" }).waitFor();
  },
  "several files": async (page) => {
    await page.goto("/");
    await drop(page, [found("text.png"), found("workflow.json"), found("none/plain.jpg")]);
    await page.getByRole("group", { name: "Files" }).waitFor();
  },
};

/** What the graph shows of the node that was pressed. */
function details(page) {
  return page.getByRole("region", { name: /^Selected node: / });
}

/** The lines for a page of one's own, with the form at work under them. */
async function openTags(page) {
  await openExample(page, /Text to image/);
  await page.getByText("Code", { exact: true }).click();
  await page.getByRole("tab", { name: "HTML", exact: true }).click();
  await page.locator("viewcomfy-app").getByLabel("Cfg", { exact: true }).waitFor();
}

function versionless() {
  const { version, ...file } = JSON.parse(String(fixture("editor/model_free.json").bytes));
  return { name: `from-${version}.json`, bytes: JSON.stringify(file) };
}
