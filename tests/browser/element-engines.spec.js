// The tags in every engine, WebKit too, whose page knows of Playwright's calls no more than goto, evaluate, click, fill and
// press: a form that is sent, refused, cancelled, taken away in mid-run; two tags; what strangers wrote; a graph.

import { APP, expect, fieldOf, test } from "../support/element-page.js";
import { answering, HOSTILE, OUTPUTS } from "../support/hostile-parts.js";
import { readMask } from "../support/mask-png.js";
import { maskBytes, showMasked } from "../support/masked-form.js";
import { keepsItsRunWhenMoved } from "../support/moved-tag.js";
import { release, requestArrived, requests, settledRequest } from "../support/requests.js";

const RUN = "[part~=run]";
const CANCEL = "[part~=cancel]";

/** Waits until the first form's run stands there. */
function status(page, expected) {
  return expect
    .poll(() => page.evaluate(() => document.querySelector("viewcomfy-app").status))
    .toBe(expected);
}

/** What the first form shows: what has the focus, the failure, the fields that are marked, the outputs. */
function shown(page) {
  return page.evaluate(() => {
    const { shadowRoot } = document.querySelector("viewcomfy-app");
    const labelOf = (field) => shadowRoot.querySelector(`label[for="${field.id}"]`)?.textContent;
    const focused = shadowRoot.activeElement;
    return {
      focused: focused && (labelOf(focused) ?? focused.textContent),
      failure: shadowRoot.querySelector("[role=alert]")?.textContent ?? null,
      marked: [...shadowRoot.querySelectorAll("[aria-invalid=true]")].map(labelOf),
    };
  });
}

/** The sizes of the pictures in the first form, each decoded. */
function pictures(page) {
  return page.evaluate(() => {
    const { shadowRoot } = document.querySelector("viewcomfy-app");
    const images = [...shadowRoot.querySelectorAll("[part=output] img")];
    return Promise.all(images.map((image) => image.decode().then(() => image.naturalWidth)));
  });
}

test("a form is sent as it stands, and its picture is shown", async ({ page, open, endpoint }) => {
  await open(APP);
  await page.fill(await fieldOf(page, "Text"), "a red fox");
  await page.fill(await fieldOf(page, "Seed"), "18446744073709551615");
  await page.click(RUN);
  await status(page, "done");
  expect(await pictures(page)).toEqual([64]);
  const { params } = await settledRequest(endpoint.url);
  expect(params).toContain('"6-inputs-text":"a red fox"');
  expect(params).toContain('"3-inputs-seed":18446744073709551615');
});

test("a value out of range is refused at its field before it is sent", async ({ page, open, endpoint }) => {
  await open(APP);
  await page.fill(await fieldOf(page, "Cfg"), "9999");
  await page.click(RUN);
  await status(page, "failed");
  const { failure, ...rest } = await shown(page);
  expect(failure).toContain("A value cannot be sent");
  expect(rest).toEqual({ focused: "Cfg", marked: ["Cfg"] });
  expect(await requests(endpoint.url)).toEqual([]);
});

test("what the server refuses is told at its field", async ({ page, open }) => {
  const expected = /status of (?:4|5)\d\d/;
  await open(APP.replace("/api/viewcomfy", "/api/viewcomfy?fault=node_errors"), { expected });
  await page.click(RUN);
  await status(page, "failed");
  const { failure, focused, marked } = await shown(page);
  expect(failure).toContain("The workflow was refused");
  expect(marked).toContain(focused);
});

test("Cancel ends a run at the server, by the keyboard too", async ({ page, open, held }) => {
  await open(APP, { endpoint: held });
  await page.press(RUN, "Enter");
  await requestArrived(held.url);
  expect(await shown(page)).toMatchObject({ focused: "Cancel" });
  await page.press(CANCEL, "Enter");
  await status(page, "cancelled");
  expect(await shown(page)).toMatchObject({ focused: "Run", failure: null });
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("a run ends with its tag, and the tag that is put back runs again and shows it", async ({
  page,
  open,
  held,
}) => {
  await open(APP, { endpoint: held });
  await page.click(RUN);
  await requestArrived(held.url);
  await page.evaluate(() => {
    globalThis.app = document.querySelector("viewcomfy-app");
    globalThis.app.remove();
  });
  expect((await settledRequest(held.url)).state).toBe("cancelled");
  await page.evaluate(() => document.querySelector("main").append(globalThis.app));
  await status(page, "cancelled");
  await release(held.url);
  await page.click(RUN);
  await status(page, "done");
  await page.evaluate(async () => {
    globalThis.app.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.querySelector("main").append(globalThis.app);
  });
  await expect.poll(() => pictures(page)).toEqual([64]);
});

test("a tag that is moved keeps its run", keepsItsRunWhenMoved);

test("several tags load each wasm once", async ({ page, open }) => {
  await open(`${APP}${APP}<comfy-workflow src="/fixtures/found/text.png"></comfy-workflow>`);
  await fieldOf(page, "Cfg");
  const loaded = await page.evaluate(async () => {
    const apps = [...document.querySelectorAll("viewcomfy-app")];
    const ready = (tag) =>
      tag.shadowRoot.querySelector("form, .workflow") ||
      new Promise((resolve) => tag.addEventListener("ready", resolve, { once: true }));
    await Promise.all([...apps, document.querySelector("comfy-workflow")].map(ready));
    const results = await Promise.all(apps.map((app) => app.run()));
    const wasm = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    return [results.map(({ outputs }) => outputs.length), wasm.filter((path) => path.endsWith(".wasm"))];
  });
  expect(loaded).toEqual([
    [1, 1],
    expect.arrayContaining(["/pkg/viewcomfy_inspect_bg.wasm", "/pkg/viewcomfy_wasm_bg.wasm"]),
  ]);
  expect(loaded[1]).toHaveLength(2);
});

test("what strangers wrote never runs", async ({ page, open }) => {
  await open('<viewcomfy-app endpoint="/hostile"></viewcomfy-app><comfy-workflow></comfy-workflow>', {
    routes: { "/hostile": answering(OUTPUTS) },
  });
  const drawing = await page.evaluate(async (text) => {
    await customElements.whenDefined("comfy-workflow");
    const tags = [...document.querySelectorAll("viewcomfy-app, comfy-workflow")];
    const ready = tags.map((tag) => new Promise((resolve) => tag.addEventListener("ready", resolve)));
    for (const tag of tags) tag.workflow = text;
    await Promise.all(ready);
    const [app] = tags;
    await app.run();
    const drawing = app.shadowRoot.querySelector("[part=output] img");
    await drawing.decode();
    for (const { shadowRoot } of tags) {
      for (const details of shadowRoot.querySelectorAll("details")) details.open = true;
    }
    return drawing.naturalWidth;
  }, JSON.stringify(HOSTILE));
  expect(drawing).toBe(20);
  const found = await page.evaluate(() =>
    [...document.querySelectorAll("viewcomfy-app, comfy-workflow")].map(({ shadowRoot }) => ({
      made: shadowRoot.querySelectorAll("script, iframe, [onerror], [onload]").length,
      told: shadowRoot.textContent.includes("<script>globalThis.ran"),
    })),
  );
  expect(found).toEqual([
    { made: 0, told: true },
    { made: 0, told: true },
  ]);
  expect(await page.evaluate(() => globalThis.ran ?? null)).toBe(null);
});

test("a graph is drawn without overlaps, and a box that is pressed opens its values", async ({
  page,
  open,
}) => {
  await open('<comfy-workflow src="/fixtures/workflows/small_picture.json"></comfy-workflow>');
  // The graph takes its place when its size is known, and a box that still moves cannot be pressed.
  await expect.poll(() => page.evaluate(isFitted)).toBe(true);
  await page.click("[data-node='3'] rect");
  await expect.poll(() => page.evaluate(openedValues)).toContain("851290734509127");
  const { boxes, overlaps } = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("comfy-workflow");
    const places = [...shadowRoot.querySelectorAll("[data-node] rect")].map((box) =>
      box.getBoundingClientRect(),
    );
    const over = (a, b) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return {
      boxes: places.filter(({ width, height }) => width > 0 && height > 0).length,
      overlaps: places.flatMap((a, at) => places.slice(at + 1).filter((b) => over(a, b))).length,
    };
  });
  expect([boxes, overlaps]).toEqual([7, 0]);
});

function isFitted() {
  const { shadowRoot } = document.querySelector("comfy-workflow");
  return shadowRoot?.querySelector("[part=canvas] svg > g")?.hasAttribute("transform") ?? false;
}

function openedValues() {
  const { shadowRoot } = document.querySelector("comfy-workflow");
  return shadowRoot.querySelector("details[open]")?.textContent ?? "";
}

test("a mask is painted over a picture, at its size", async ({ page, open }) => {
  await open("<viewcomfy-app></viewcomfy-app>");
  await showMasked(page, 64, 48);
  await page.click("[aria-label='Paint a mask: Photo']");
  await page.press(".mask-sheet", " ");
  await page.click(".mask-foot .primary");
  const mask = readMask(await maskBytes(page));
  expect([mask.width, mask.height]).toEqual([64, 48]);
  expect(mask.pixel(32, 24)).toEqual([0xcc, 0x66, 0x33, 0]);
  expect(mask.pixel(2, 2)).toEqual([0xcc, 0x66, 0x33, 255]);
});
