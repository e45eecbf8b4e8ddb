// Problems and what leads from them, and what a server's object_info adds, from a file and from an address.

import { once } from "node:events";
import { createServer } from "node:http";

import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { drop, exampleText, field, openExample, showTab } from "./page-driver.js";

const objectInfo = fixture("definitions/object_info.json");
const list = (page) => page.getByRole("list", { name: "Problems" });

function broken() {
  const workflow = JSON.parse(exampleText("text-to-image"));
  workflow["3"].inputs.model = ["44", 0];
  workflow["5"].inputs.width = 770;
  return { name: "broken.json", bytes: JSON.stringify(workflow) };
}

test("problems are counted, the gravest first, and say what to do", async ({ page }) => {
  await page.goto("/");
  await drop(page, broken());
  const tab = page.getByRole("tab", { name: /^Problems \d$/ });
  await expect(tab).toBeVisible();
  await tab.click();
  const first = list(page).getByRole("listitem").first();
  await expect(first).toContainText("Error");
  await expect(first).toContainText("44");
  await expect(first.locator(".problem-advice")).not.toBeEmpty();
  const severities = await list(page).locator(".severity").allTextContents();
  expect(severities).toEqual([...severities].sort());
  expect(severities).toContain("Warning");
});

test("a problem leads to its node in the graph, and to the field to change", async ({ page }) => {
  await page.goto("/");
  await drop(page, broken());
  await showTab(page, /^Problems/);
  await list(page).getByRole("button", { name: "Sampler · #3 · model" }).click();
  await expect(page.getByRole("region", { name: "Selected node: Sampler" })).toBeVisible();
  await expect(page.locator("g[data-node='3'] .mark-error")).toBeVisible();

  await showTab(page, /^Problems/);
  await page.getByRole("button", { name: "Change width" }).click();
  await expect(field(page, "Picture size, width")).toBeFocused();
  await field(page, "Picture size, width").fill("768");
  await expect(page.getByRole("tab", { name: "Problems 1" })).toBeVisible();
});

test("a workflow without problems says so, and what was not looked at", async ({ page }) => {
  await openExample(page, /Edit an image/);
  await showTab(page, /^Problems/);
  await expect(page.getByText("No problems found")).toBeVisible();
  await expect(page.getByText("shows when one is given above")).toBeVisible();
});

test("an object_info file brings choices and ranges, finds what the server lacks, and can be taken away", async ({
  page,
}) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, steps").fill("25");
  await drop(page, objectInfo);
  await expect(page.getByText(/object_info\.json: \d+ classes of a ComfyUI server/)).toBeVisible();
  await expect(page.getByRole("tab", { name: "Problems 1" })).toBeVisible();
  const sampler = page.getByRole("combobox", { name: "Sampler, sampler_name" });
  await expect(sampler).toHaveText(/euler.*heun.*dpmpp_2m/);
  await sampler.selectOption("heun");
  await page.getByRole("button", { name: "About Sampler, steps" }).click();
  await expect(page.getByText("From 1 to 10,000.")).toBeVisible();
  // What was changed before stays changed.
  await expect(field(page, "Sampler, steps")).toHaveValue("25");
  await expect(page.getByText("2 changed")).toBeVisible();

  await showTab(page, /^Problems/);
  await expect(list(page)).toContainText("sd_xl_base_1.0.safetensors");
  await showTab(page, "About");
  await expect(page.getByRole("region", { name: "Models" })).toContainText("missing");
  await showTab(page, /^Problems/);
  await page.getByRole("button", { name: "Check against ComfyUI’s own nodes" }).click();
  await expect(page.getByText("No problems found")).toBeVisible();
  await expect(page.getByText("Checked against ComfyUI’s own nodes").first()).toBeVisible();
});

test("a server's knowledge stays for the next workflow, and may come in the same drop", async ({ page }) => {
  await page.goto("/");
  await drop(page, [objectInfo, found("text.png")]);
  await expect(page.getByRole("heading", { name: "text.png" })).toBeVisible();
  await showTab(page, /^Problems/);
  await expect(page.getByText("Checked against object_info.json")).toBeVisible();
  await drop(page, { name: "next.json", bytes: exampleText("text-to-image") });
  await expect(page.getByRole("heading", { name: "next.json" })).toBeVisible();
  await showTab(page, /^Problems/);
  await expect(page.getByText("Checked against object_info.json")).toBeVisible();
});

test("a server is asked by its address", async ({ page }) => {
  const asked = [];
  await page.route("http://comfy.example:8188/**", (route) => {
    asked.push(new URL(route.request().url()).pathname);
    return route.fulfill({
      contentType: "application/json",
      headers: { "access-control-allow-origin": "*" },
      body: objectInfo.bytes,
    });
  });
  await openExample(page, /Text to image/);
  await showTab(page, /^Problems/);
  await page.getByText("Check against a server").click();
  await page.getByLabel("Address of a ComfyUI server").fill("comfy.example:8188/");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Checked against comfy\.example:8188 · \d+ classes$/)).toBeVisible();
  expect(asked).toEqual(["/object_info"]);
});

test("a server that does not let the page read is explained: CORS, and the way by a file", async ({
  page,
}) => {
  // A real one, as Playwright's own answers are readable everywhere: the browser keeps this from the page.
  const server = createServer((_request, response) => response.end(objectInfo.bytes));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}`;
  try {
    await openExample(page, /Text to image/);
    await showTab(page, /^Problems/);
    await page.getByText("Check against a server").click();
    await page.getByLabel("Address of a ComfyUI server").fill(address);
    await page.getByRole("button", { name: "Ask" }).click();
    const trouble = page.getByRole("alert");
    await expect(trouble).toContainText("(CORS)");
    await expect(trouble).toContainText("--enable-cors-header http://127.0.0.1");
    await expect(trouble.getByRole("link")).toHaveAttribute("href", `${address}/object_info`);
    await expect(page.getByLabel("Address of a ComfyUI server")).toHaveValue(address);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("an answer that is none of ComfyUI's is said to be none", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await showTab(page, /^Problems/);
  await page.getByText("Check against a server").click();
  await page.getByLabel("Address of a ComfyUI server").fill(endpoint.url);
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("alert")).toContainText("The server responded with 404");
});
