// A run on the demo page from the press to the saved file, and how it is cancelled.

import { startEndpoint } from "../support/endpoint.js";
import { expect, test } from "../support/fixtures.js";
import {
  askForFault,
  drawPng,
  drop,
  exampleText,
  field,
  forgetRequests,
  openExample,
  requests,
  runButton,
  runState,
  saved,
  showTab,
} from "./page-driver.js";

test.beforeEach(({ endpoint }) => forgetRequests(endpoint));

test("prompt, seed and run: logs, progress, a picture, and its file", async ({ page, endpoint }) => {
  await page.goto("/");
  await drop(page, { name: "workflow_api.json", bytes: exampleText("text-to-image") });
  await showTab(page, "All parameters");
  await field(page, "Prompt, text").fill("a red fox in the snow");
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await runButton(page).click();
  await runState(page, "done");

  const picture = page.getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator("#outputs .seeds")).toContainText("18446744073709551615");
  await expect(page.getByRole("progressbar", { name: "Run" })).toHaveAttribute("aria-valuenow", "100");
  await page.getByText("Log", { exact: true }).click();
  await expect(page.getByRole("log")).toContainText("got prompt");
  await expect(page.getByRole("log")).toContainText("20/20");

  const save = page.locator("#outputs").getByRole("button", { name: /^Save / });
  const { name, bytes } = await saved(page, save);
  expect(name).toMatch(/\.png$/);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");

  const [request] = await requests(endpoint);
  expect(request.params).toBe(
    '{"6-inputs-text":"a red fox in the snow","3-inputs-seed":18446744073709551615}',
  );
  expect(request).toMatchObject({ logs: true, authorized_by: "client", state: "finished", files: [] });
  expect(request.workflow_api).toContain("11400714819323198485");
});

test("an image of one's own goes with its mask, unchanged", async ({ page, endpoint }) => {
  await openExample(page, /Edit an image/);
  const image = await drawPng(page, 96, 64, "#c63");
  const mask = await drawPng(page, 96, 64, "#000");
  await drop(page, { name: "fox.png", type: "image/png", bytes: image }, "[data-file-drop]");
  await expect(page.getByText("fox.png · 96 × 64")).toBeVisible();
  await page
    .getByLabel("Your picture, image, mask file")
    .setInputFiles({ name: "mask.png", mimeType: "image/png", buffer: mask });
  await field(page, "Resize, width").fill("192");
  await runButton(page).click();
  await runState(page, "done");
  await expect(page.getByRole("img", { name: /^Output / })).toBeVisible();

  const [request] = await requests(endpoint);
  expect(request.files.map(({ name, size }) => [name, size])).toEqual([
    ["1-inputs-image", image.length],
    ["1-inputs-image-viewcomfymask", mask.length],
  ]);
  expect(JSON.parse(request.params)).toEqual({ "3-inputs-width": 192 });
});

test("a mask of another size is pointed out", async ({ page }) => {
  await openExample(page, /Edit an image/);
  const image = await drawPng(page, 96, 64, "#c63");
  const mask = await drawPng(page, 48, 64, "#000");
  await drop(page, { name: "fox.png", type: "image/png", bytes: image }, "[data-file-drop]");
  await page
    .getByLabel("Your picture, image, mask file")
    .setInputFiles({ name: "mask.png", mimeType: "image/png", buffer: mask });
  await expect(page.getByText("The mask is 48 × 64, the picture 96 × 64")).toBeVisible();
});

test("without logs, without the workflow: one plain answer", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await page.getByText("The deployed workflow", { exact: true }).click();
  await page.getByRole("switch", { name: "Stream the log" }).uncheck();
  await field(page, "Prompt, text").fill("a plain answer");
  await page.keyboard.press("Control+Enter");
  await runState(page, "done");
  await expect(page.getByRole("img", { name: /^Output / })).toBeVisible();
  const [request] = await requests(endpoint);
  expect(request).toMatchObject({ logs: false, workflow_api: null, state: "finished" });
});

test("a random seed is drawn at each run, shown, and can be kept", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await page.getByRole("switch", { name: "Random each run: Sampler, seed" }).check();
  await runButton(page).click();
  await runState(page, "done");
  const used = await page.locator("#outputs .seeds code").textContent();
  expect((await requests(endpoint))[0].params).toBe(`{"3-inputs-seed":${used}}`);
  await page.getByRole("button", { name: "Keep this seed" }).click();
  await expect(field(page, "Sampler, seed")).toHaveValue(used);
  await page.getByRole("button", { name: "Roll a new value for Sampler, seed" }).click();
  await expect(field(page, "Sampler, seed")).not.toHaveValue(used);
});

test("a run with nothing changed is never sent empty", async ({ page, endpoint }) => {
  await openExample(page, /Edit an image/);
  await runButton(page).click();
  await expect.poll(() => requests(endpoint)).toHaveLength(1);
  expect((await requests(endpoint))[0].params).not.toBe("{}");
});

for (const way of ["button", "Escape"]) {
  test(`cancel by ${way} stops the request at the server`, async ({ page, endpoint }) => {
    await openExample(page, /Text to image/);
    await askForFault(page, endpoint, "fault=silent");
    await runButton(page).click();
    await expect.poll(async () => (await requests(endpoint))[0]?.state).toBe("running");
    if (way === "button") await page.getByRole("button", { name: "Cancel", exact: true }).click();
    else await page.keyboard.press("Escape");
    await runState(page, "cancelled");
    await expect(page.getByText(/^Cancelled after/)).toBeVisible();
    await expect.poll(async () => (await requests(endpoint))[0].state).toBe("cancelled");
    await expect(runButton(page)).toBeEnabled();
  });
}

test("progress, elapsed and remaining time are shown while it runs, and a cold start before", async ({
  page,
}) => {
  const slow = await startEndpoint({ speed: 1, coldStart: 4 });
  try {
    await page.goto(slow.url);
    await page.getByRole("button", { name: /Text to image/ }).click();
    await page.locator("body[data-state=ready]").waitFor();
    await runButton(page).click();
    await expect(page.getByText("Starting up. The first run after a pause can take minutes")).toBeVisible();
    await expect(page.locator(".status-numbers")).toHaveText(/\d+\/20 · \d+ s · ~\d+ s left/);
    await expect(page.locator(".last-line")).toContainText(/\d+\/20/);
    await page.keyboard.press("Escape");
    await runState(page, "cancelled");
  } finally {
    await slow.close();
  }
});

test("the code does the same and holds no secret", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Client secret").fill("a-real-secret");
  await field(page, "Sampler, seed").fill("18446744073709551615");
  await page.getByText("Code", { exact: true }).click();
  const code = await page.getByLabel("JavaScript").textContent();
  expect(code).toContain('"3-inputs-seed": 18446744073709551615n');
  expect(code).toContain('endpoint: "/api/viewcomfy"');
  for (const secret of ["a-real-secret", "local-secret", "local-id", endpoint.url])
    expect(code).not.toContain(secret);
  const page_ = await page.content();
  expect(page_).not.toContain("a-real-secret");
});

test("another endpoint gets no local credentials, and which workflow runs stays as it was chosen", async ({
  page,
}) => {
  await openExample(page, /Text to image/);
  await expect(page.getByText("Local stand-in", { exact: true })).toBeVisible();
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Endpoint", { exact: true }).fill("https://deployment.example/infer");
  await expect(page.getByLabel("Client id")).toHaveValue("");
  await expect(page.getByLabel("Client secret")).toHaveValue("");
  await expect(page.getByRole("radio", { name: "This file" })).toBeChecked();
  await expect(page.getByText("Local stand-in", { exact: true })).toBeHidden();
});
