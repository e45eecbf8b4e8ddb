// Tags come, go, move and change: two on one page, loading when they come near, words of one's own.

import { APP, expect, status, test, WORKFLOW } from "../support/element-page.js";
import { keepsItsRunWhenMoved } from "../support/moved-tag.js";
import { release, requestArrived, requests, settledRequest } from "../support/requests.js";

const WASM = /\.wasm$/;
const PICTURE = '<comfy-workflow src="/fixtures/found/text.png"></comfy-workflow>';

test("two tags load each wasm once", async ({ page, open }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(`${APP}${APP}${PICTURE}`);
  const apps = page.locator("viewcomfy-app");
  for (const app of await apps.all()) await app.getByRole("button", { name: "Run" }).click();
  for (const at of [0, 1]) await status(page, "done", `viewcomfy-app >> nth=${at}`);
  await expect(page.getByRole("region", { name: "Graph" })).toBeVisible();
  const loaded = asked.filter((path) => WASM.test(path));
  expect(loaded.sort()).toEqual(["/pkg/viewcomfy_inspect_bg.wasm", "/pkg/viewcomfy_wasm_bg.wasm"]);
});

test("the client's wasm is not loaded before a run", async ({ page, open }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(APP);
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  expect(asked.filter((path) => WASM.test(path))).toEqual(["/pkg/viewcomfy_inspect_bg.wasm"]);
});

test("a run ends with its tag, which can be put back and run again", async ({ page, open, held }) => {
  await open(APP, { endpoint: held });
  await page.getByLabel("Text").first().fill("kept");
  await page.getByRole("button", { name: "Run" }).click();
  await requestArrived(held.url);
  await page.evaluate(() => {
    globalThis.app = document.querySelector("viewcomfy-app");
    globalThis.app.remove();
  });
  expect((await settledRequest(held.url)).state).toBe("cancelled");
  await page.evaluate(() => document.querySelector("main").append(globalThis.app));
  await status(page, "cancelled");
  await expect(page.getByLabel("Text").first()).toHaveValue("kept");
  await release(held.url);
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  expect(await requests(held.url)).toHaveLength(2);
});

test("a tag that is moved keeps its run", keepsItsRunWhenMoved);

test("outputs are shown again when the tag comes back", async ({ page, open }) => {
  await open(APP);
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  await page.evaluate(async () => {
    const app = document.querySelector("viewcomfy-app");
    const parent = app.parentNode;
    app.remove();
    await new Promise((resolve) => setTimeout(resolve));
    parent.append(app);
  });
  const picture = page.getByRole("img", { name: /^Output small/ });
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(64);
});

test("a change of src is followed, and one without a workflow is told", async ({ page, open }) => {
  await open(APP, { expected: /404/ });
  await expect(page.getByLabel("Cfg", { exact: true })).toHaveValue("7.5");
  const app = page.locator("viewcomfy-app");
  await app.evaluate((app) => {
    app.src = "/fixtures/workflows/flux_img2img.json";
  });
  await expect(page.getByRole("group", { name: "Source picture" })).toBeVisible();
  await app.evaluate((app) => app.setAttribute("src", "/nowhere.json"));
  await expect(page.getByRole("alert")).toContainText("The server responded with an error");
  await app.evaluate((app) => {
    app.workflow = new Blob(["hello"]);
  });
  await expect(page.getByRole("alert")).toContainText("There is no workflow in this file");
  await app.evaluate((app) => {
    app.workflow = '{"1":{"class_type":"KSampler","inputs":{"cfg":3.5}}}';
  });
  await expect(page.getByLabel("Cfg", { exact: true })).toHaveValue("3.5");
});

test("a lazy tag loads nothing before it comes near", async ({ page, open }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(
    `<img alt="" width="10" height="4000" src="data:,">${APP.replace(" src", ' loading="lazy" src')}`,
    { expected: /data:/ },
  );
  await page.evaluate(() => customElements.whenDefined("viewcomfy-app"));
  expect(asked.filter((path) => path === WORKFLOW)).toEqual([]);
  await page.locator("viewcomfy-app").scrollIntoViewIfNeeded();
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
});

test("words are one's own, for the form and for errors", async ({ page, open }) => {
  await open(APP);
  await page.getByLabel("Text").first().fill("typed");
  await page.locator("viewcomfy-app").evaluate((app) => {
    app.strings = { run: "Los", errors: { invalid_param: ["Ein Wert passt nicht", "Bitte ändern."] } };
  });
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.getByLabel("Cfg", { exact: true }).fill("9999");
  await page.getByRole("button", { name: "Los" }).click();
  await expect(page.getByLabel("Text").first()).toHaveValue("typed");
  await expect(page.getByRole("alert")).toContainText("Ein Wert passt nicht");
  await expect(page.getByRole("alert")).toContainText("Bitte ändern.");
});
