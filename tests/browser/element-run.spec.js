// <viewcomfy-app> runs: its form, events, outputs, Cancel, and failures, in a page with a strict policy.

import { APP, expect, KEYS, status, test } from "../support/element-page.js";
import { requestArrived, requests, settledRequest } from "../support/requests.js";

const run = (page) => page.getByRole("button", { name: "Run" });

test("the form is sent as it stands, and the picture is shown", async ({ page, open, endpoint }) => {
  await open(APP);
  await page.getByLabel("Text").first().fill("a red fox");
  await page.getByRole("switch", { name: /New seed each run/ }).uncheck();
  await page.getByLabel("Seed", { exact: true }).fill("18446744073709551615");
  await page.evaluate(() => {
    globalThis.events = [];
    for (const name of ["run", "progress", "result", "error"]) {
      document.addEventListener(name, (event) => globalThis.events.push([name, event.detail]));
    }
  });
  await run(page).click();
  const picture = page.getByRole("img", { name: /^Output small/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(64);
  await status(page, "done");
  const { params } = await settledRequest(endpoint.url);
  expect(params).toContain('"6-inputs-text":"a red fox"');
  expect(params).toContain('"3-inputs-seed":18446744073709551615');
  expect(params).toContain('"3-inputs-cfg":7.5');
  const { names, percent, outputs, same } = await page.evaluate(() => {
    const { events } = globalThis;
    const { result } = events.at(-1)[1];
    return {
      names: [...new Set(events.map(([name]) => name))],
      percent: events.filter(([name]) => name === "progress").at(-1)[1].progress.percent,
      outputs: result.outputs.length,
      same: document.querySelector("viewcomfy-app").result === result,
    };
  });
  expect(names).toEqual(["run", "progress", "result"]);
  expect([percent, outputs, same]).toEqual([100, 1, true]);
  await page.getByText("Log", { exact: false }).click();
  await expect(page.getByRole("log")).toContainText("Prompt executed");
});

test("a seed that was drawn is told, and can be kept", async ({ page, open, endpoint }) => {
  await open(APP);
  const toggle = page.getByRole("switch", { name: /New seed each run/ });
  await toggle.check();
  await run(page).click();
  await status(page, "done");
  const sent = JSON.parse(
    (await settledRequest(endpoint.url)).params.replace(/("3-inputs-seed":)(\d+)/, '$1"$2"'),
  );
  await expect(page.getByText(`Seed used: ${sent[KEYS.seed]}`)).toBeVisible();
  await page.getByRole("button", { name: /^Keep this seed/ }).click();
  await expect(toggle).not.toBeChecked();
  await expect(page.getByLabel("Seed", { exact: true })).toHaveValue(sent[KEYS.seed]);
});

test("values are given and read, exact, also before the form is there", async ({ page, open, endpoint }) => {
  await open('<div id="place"></div>');
  const read = await page.evaluate(async () => {
    const app = document.createElement("viewcomfy-app");
    Object.assign(app, { src: "/fixtures/workflows/small_picture.json", endpoint: "/api/viewcomfy" });
    app.values = { "3-inputs-seed": 2n ** 63n, "6-inputs-text": "before" };
    const ready = new Promise((resolve) => app.addEventListener("ready", resolve));
    document.querySelector("#place").append(app);
    await ready;
    app.values = { "7-inputs-text": "after" };
    const result = await app.run();
    return { values: app.values, outputs: result.outputs.length };
  });
  expect(read.outputs).toBe(1);
  expect(read.values).toMatchObject({
    [KEYS.seed]: 2n ** 63n,
    [KEYS.text]: "before",
    "7-inputs-text": "after",
    [KEYS.cfg]: 7.5,
  });
  expect((await settledRequest(endpoint.url)).params).toContain('"3-inputs-seed":9223372036854775808');
});

test("who hears of a run may keep it from being sent", async ({ page, open, endpoint }) => {
  await open(APP);
  await page.evaluate(() => document.addEventListener("run", (event) => event.preventDefault()));
  await run(page).click();
  expect(await page.locator("viewcomfy-app").evaluate((app) => app.run())).toBe(null);
  await status(page, "idle");
  expect(await requests(endpoint.url)).toEqual([]);
});

test("Cancel ends the run at the server, and the focus goes back to Run", async ({ page, open, held }) => {
  await open(APP, { endpoint: held });
  await run(page).focus();
  await page.keyboard.press("Enter");
  await requestArrived(held.url);
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await status(page, "cancelled");
  await expect(run(page)).toBeFocused();
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("what is refused is shown with its advice, at its field", async ({ page, open, endpoint }) => {
  await open(APP.replace("/api/viewcomfy", "/api/viewcomfy?fault=node_errors"), {
    expected: /status of (?:4|5)\d\d/,
  });
  await run(page).click();
  const card = page.getByRole("alert");
  await expect(card).toContainText("The workflow was refused");
  await expect(card).toContainText("Correct what is named here and run again.");
  await status(page, "failed");
  const [marked] = await page.locator("[aria-invalid=true]").all();
  await expect(marked).toBeFocused();
  expect(await requests(endpoint.url)).toHaveLength(1);
});

test("a value out of range is refused before anything is sent", async ({ page, open, endpoint }) => {
  await open(APP);
  await page.getByLabel("Cfg", { exact: true }).fill("9999");
  await run(page).click();
  await expect(page.getByRole("alert")).toContainText("A value cannot be sent");
  await expect(page.getByRole("alert")).toContainText('"Cfg" is 9999');
  const field = page.getByLabel("Cfg", { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  expect(await requests(endpoint.url)).toEqual([]);
});

test("a number that is none is said at its field, and nothing is sent", async ({ page, open, endpoint }) => {
  await open(APP);
  const field = page.getByLabel("Cfg", { exact: true });
  await field.fill("seven");
  await run(page).click();
  await expect(field).toBeFocused();
  await expect(page.getByText(/This is not a number/)).toBeVisible();
  await status(page, "idle");
  expect(await requests(endpoint.url)).toEqual([]);
});

test("a run that fails on the way opens the log", async ({ page, open }) => {
  await open(APP.replace("/api/viewcomfy", "/api/viewcomfy?fault=no_result"));
  const failed = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener("error", ({ detail }) => resolve(detail.error.code), { once: true }),
      ),
  );
  await run(page).click();
  expect(await failed).toBe("stream_ended");
  await expect(page.getByRole("log")).toContainText("got prompt");
});
