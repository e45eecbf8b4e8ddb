// The tags in the page: the lines that put the open workflow into a page of one's own, and under them the same at work.

import { readFile } from "node:fs/promises";

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { test as base, expect } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { hold, release, requestArrived, settledRequest } from "../support/requests.js";
import { serve } from "../support/serve.js";
import {
  asksBeforeLeaving,
  drop,
  exampleText,
  field,
  forgetRequests,
  openExample,
  requests,
} from "./page-driver.js";

const test = base.extend({
  page: async ({ page, endpoint }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await forgetRequests(endpoint);
    await use(page);
    await release(endpoint.url);
    expect(complaints).toEqual([]);
  },
});

const preview = (page) => page.getByRole("region", { name: "Live preview" });
const inPreview = (page, label) => preview(page).getByLabel(label, { exact: true });
const lines = (page) => page.getByLabel("HTML", { exact: true });
const tab = (page, name) => page.getByRole("tab", { name, exact: true });
const status = (page) => page.locator("viewcomfy-app").evaluate((app) => app.status);
const TYPES = { js: "text/javascript", json: "application/json", wasm: "application/wasm" };

async function openTags(page) {
  await page.getByText("Code", { exact: true }).click();
  await tab(page, "HTML").click();
  await expect(page.locator("viewcomfy-app, comfy-workflow")).toHaveCount(1);
}

/** The first field of the form's tag, which is there once its workflow was read. */
async function formThere(page) {
  await expect(inPreview(page, "Cfg")).toBeVisible();
}

test("the tags are loaded with their tab, and not before", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const loaded = () => asked.filter((path) => path === "/pkg/element.js").length;
  await openExample(page, /Text to image/);
  await page.getByText("Code", { exact: true }).click();
  await expect(page.getByLabel("JavaScript", { exact: true })).toBeVisible();
  expect(loaded()).toBe(0);
  await expect(preview(page)).toHaveCount(0);
  await tab(page, "HTML").click();
  await formThere(page);
  expect(loaded()).toBe(1);
  await tab(page, "curl").click();
  await expect(preview(page)).toHaveCount(0);
  await tab(page, "HTML").click();
  await formThere(page);
  expect(loaded()).toBe(1);
});

test("the form has the changes, and runs them at the page's address", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await field(page, "Prompt, text").fill("a red fox");
  await openTags(page);
  await formThere(page);
  await expect(inPreview(page, "Text").first()).toHaveValue("a red fox");
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await expect(inPreview(page, "Seed")).toHaveValue("18446744073709551615");
  await inPreview(page, "Cfg").fill("5");
  await field(page, "Sampler, steps").fill("3");
  await expect(inPreview(page, "Cfg")).toHaveValue("5");
  await preview(page).getByRole("button", { name: "Run", exact: true }).click();
  const picture = preview(page).getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(768);
  const sent = await settledRequest(endpoint.url);
  expect(JSON.parse(sent.workflow_api)).toHaveProperty("3.class_type", "KSampler");
  for (const part of [
    '"6-inputs-text":"a red fox"',
    '"3-inputs-seed":18446744073709551615',
    '"3-inputs-cfg":5',
    '"3-inputs-steps":3',
  ])
    expect(sent.params).toContain(part);
  await expect(page.locator("#run")).toHaveAttribute("data-run", "idle");
});

test("a change that is taken back is taken back there", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, steps").fill("3");
  await openTags(page);
  await expect(inPreview(page, "Steps")).toHaveValue("3");
  await expect(lines(page)).toContainText('"3-inputs-steps": 3,');
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(inPreview(page, "Steps")).toHaveValue("20");
  await expect(lines(page)).not.toContainText("app.values");
});

test("what is typed there is for the tag alone: its keys run and cancel its own run", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await openTags(page);
  await formThere(page);
  await hold(endpoint.url);
  await inPreview(page, "Cfg").press("Control+Enter");
  await requestArrived(endpoint.url);
  await expect(page.locator("#run")).toHaveAttribute("data-run", "idle");
  await page.getByRole("button", { name: "Run", exact: true }).first().click();
  await expect.poll(async () => (await requests(endpoint)).length).toBe(2);
  await inPreview(page, "Cfg").press("Escape");
  await expect.poll(() => status(page)).toBe("cancelled");
  await expect.poll(async () => (await requests(endpoint))[0].state).toBe("cancelled");
  expect((await requests(endpoint))[1].state).toBe("running");
  await page.locator("#run .cancel-button").click();
  await expect.poll(async () => (await requests(endpoint))[1].state).toBe("cancelled");
  const title = page.getByRole("heading", { name: "text-to-image.json" });
  await inPreview(page, "Cfg").evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const paste = { clipboardData, bubbles: true, composed: true, cancelable: true };
    input.dispatchEvent(new ClipboardEvent("paste", paste));
  }, "{}");
  await expect(title).toBeVisible();
});

test("a file that is dropped on the tag's field is the field's, and not opened", async ({ page }) => {
  await openExample(page, /Edit an image/);
  await openTags(page);
  const input = inPreview(page, /^Choose a file/).first();
  await expect(input).toBeVisible();
  const isTaken = await input.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "fox.png", { type: "image/png" }));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true });
    element.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(isTaken).toBe(false);
  await expect(page.locator("body[data-state=ready]")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "edit-image.json" })).toBeVisible();
});

test("the file's tag shows the picture as it was opened", async ({ page }) => {
  await page.goto("/");
  await drop(page, found("text.png"));
  await page.locator("body[data-inspected]").waitFor();
  await openTags(page);
  await expect(lines(page)).toContainText('<comfy-workflow\n  src="/text.png"\n></comfy-workflow>');
  await page.getByText("<comfy-workflow>", { exact: true }).click();
  await expect(preview(page).getByRole("region", { name: "Graph" })).toBeVisible();
  await expect(page.locator("viewcomfy-app")).toBeHidden();
  const shown = await page.locator("comfy-workflow").evaluate((tag) => tag.workflow.name);
  expect(shown).toBe("text.png");
});

test("another file gets tags of its own, and a comparison has none", async ({ page }) => {
  await openExample(page, /Text to image/);
  await field(page, "Prompt, text").fill("of the first file");
  await openTags(page);
  await formThere(page);
  await drop(page, fixture("workflows/flux_img2img.json"));
  await page
    .getByRole("button", { name: "Open its workflow" })
    .or(page.getByRole("heading", { name: "flux_img2img.json" }))
    .first()
    .waitFor();
  await expect(preview(page).getByRole("group", { name: "Source picture" })).toBeVisible();
  const values = await page
    .locator("viewcomfy-app")
    .evaluate((app) => JSON.stringify(Object.values(app.values).map(String)));
  expect(values).not.toContain("of the first file");
  const text = exampleText("text-to-image");
  await drop(page, [
    { name: "a.json", bytes: text },
    { name: "b.json", bytes: text.replace("at dusk", "at dawn") },
  ]);
  await expect(preview(page).getByText("Open a workflow to try it here.")).toBeVisible();
  await expect(page.locator("viewcomfy-app")).toHaveCount(0);
});

test("the deployed workflow is chosen for the tag as well", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await openTags(page);
  await formThere(page);
  await expect(lines(page)).toContainText("send-workflow");
  await page.getByText("The deployed workflow", { exact: true }).click();
  await expect(lines(page)).not.toContainText("send-workflow");
  await preview(page).getByRole("button", { name: "Run", exact: true }).click();
  expect((await settledRequest(endpoint.url)).workflow_api ?? null).toBe(null);
});

test("a server's definitions are those of the tag", async ({ page }) => {
  await openExample(page, /Text to image/);
  await openTags(page);
  await drop(page, fixture("definitions/object_info.json"));
  await expect(lines(page)).toContainText("app.definitions = await");
  const isTheServers = page.locator("viewcomfy-app").evaluate((app) => app.definitions.bundledFrom === null);
  expect(await isTheServers).toBe(true);
  await formThere(page);
});

test("Tab leads from the lines to the choice and into the tag", async ({ page }) => {
  await openExample(page, /Text to image/);
  await openTags(page);
  await formThere(page);
  await tab(page, "HTML").focus();
  const order = [
    page.locator("#code").getByRole("button", { name: "Copy" }),
    lines(page),
    page.getByRole("radio", { name: "<viewcomfy-app>" }),
    inPreview(page, "Text").first(),
  ];
  for (const next of order) {
    await page.keyboard.press("Tab");
    await expect(next).toBeFocused();
  }
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await expect(preview(page).getByRole("region", { name: "Graph" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "<comfy-workflow>" })).toBeFocused();
});

test("leaving in mid-run of the tag is asked about", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await openTags(page);
  await formThere(page);
  await hold(endpoint.url);
  await preview(page).getByRole("button", { name: "Run", exact: true }).click();
  await requestArrived(endpoint.url);
  expect(await asksBeforeLeaving(page)).toBe(true);
  await preview(page).getByRole("button", { name: "Cancel", exact: true }).click();
  await expect.poll(() => status(page)).toBe("cancelled");
  expect(await asksBeforeLeaving(page)).toBe(false);
});

const HOSTILE = 'it\'s a </script><!-- <script> \u2028 "fox" \\ é 😀';

test("the lines, pasted into a page of one's own, show the same form and run", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await field(page, "Prompt, text").fill(HOSTILE);
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await openTags(page);
  await expect(inPreview(page, "Seed")).toHaveValue("18446744073709551615");
  const text = await lines(page).textContent();
  const site = await pageWith(text, endpoint.url);
  await page.goto(site.url);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("img", { name: /^Output / })).toBeVisible();
  await expect(page.getByRole("region", { name: "Graph" })).toBeVisible();
  const { params } = await settledRequest(endpoint.url);
  expect(params).toContain('"3-inputs-seed":18446744073709551615');
  expect(JSON.parse(params)["6-inputs-text"]).toBe(HOSTILE);
  await site.close();
});

/** A page with these lines and a route to the endpoint. */
function pageWith(text, endpoint) {
  const options = { clientId: "local-id", clientSecret: "local-secret", endpoint: `${endpoint}/infer` };
  const route = toNodeListener(createProxy(options));
  return serve(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://site");
    if (pathname === "/api/viewcomfy") return route(request, response);
    if (pathname === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      return response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,">${text}</html>`);
    }
    const content =
      pathname === "/text-to-image.json"
        ? exampleText("text-to-image")
        : await readFile(
            new URL(`../../pkg/${pathname.replace("/node_modules/viewcomfy-wasm/", "")}`, import.meta.url),
          ).catch(() => null);
    if (content === null) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[pathname.split(".").at(-1)] ?? "" }).end(content);
  });
}
