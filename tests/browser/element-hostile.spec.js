// What strangers wrote never runs: titles, values, notes and names of a workflow, and the outputs of a run.

import { expect, status, test } from "../support/element-page.js";
import { END, RESULT } from "../support/raw-runs.js";

const SCRIPT = '<img src=x onerror="globalThis.ran = 1"><script>globalThis.ran = 1</script>';
const PAGE = "<!doctype html><script>opener ? (opener.ran = 1) : (top.ran = 1)</script>";
const XHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script>localStorage.setItem("ran", "1")</script></head><body/></html>`;
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" onload="top.ran = 1"><script>try { localStorage.setItem("ran", "1") } catch {}</script><rect width="20" height="20"/></svg>`;

const HOSTILE = {
  1: {
    class_type: `CLIPTextEncode${SCRIPT}`,
    inputs: { text: SCRIPT, [`name${SCRIPT}`]: SCRIPT, __proto__: null },
    _meta: { title: SCRIPT },
  },
  2: {
    class_type: "SaveImage",
    inputs: { filename_prefix: SCRIPT, images: ["1", 0] },
    _meta: { title: "javascript:1" },
  },
};

const base64 = (text) => Buffer.from(text).toString("base64");
const OUTPUTS = [
  { filename: `${SCRIPT}.html`, content_type: "text/html", data: base64(PAGE) },
  { filename: "drawing.svg", content_type: "image/svg+xml", data: base64(DRAWING) },
  { filename: "page.xhtml", content_type: "application/xhtml+xml", data: base64(PAGE) },
  { filename: "text.txt", content_type: "text/plain", data: base64(SCRIPT) },
  { filename: "film.mp4", content_type: "video/x-odd+xml", data: base64(XHTML) },
  { filename: "paper.pdf", content_type: "application/pdf", data: base64("%PDF-1.4") },
];

/** A route that answers a run with these outputs. */
function answering(outputs) {
  const result = { ...JSON.parse(RESULT), outputs };
  const body = END.replace(RESULT, JSON.stringify(result));
  return (request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`event: log_message\ndata: ${SCRIPT}\n\n${body}`);
    });
  };
}

test("a workflow's names, titles and values are text", async ({ page, open }) => {
  await open("<viewcomfy-app endpoint='/api/viewcomfy'></viewcomfy-app><comfy-workflow></comfy-workflow>");
  await page.evaluate((text) => {
    for (const tag of document.querySelectorAll("viewcomfy-app, comfy-workflow")) tag.workflow = text;
  }, JSON.stringify(HOSTILE));
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  const graph = page.locator("comfy-workflow");
  await expect(graph.locator("[data-node='1']")).toBeVisible();
  await graph
    .locator("details")
    .first()
    .evaluate((details) => {
      details.open = true;
    });
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("viewcomfy-app, comfy-workflow")].map(({ shadowRoot }) => ({
      made: shadowRoot.querySelectorAll("img, script, [onerror]").length,
      told: shadowRoot.textContent.includes("<script>globalThis.ran"),
    })),
  );
  expect(shown).toEqual([
    { made: 0, told: true },
    { made: 0, told: true },
  ]);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});

/** Opens by itself whatever has an address of the page's own, as a browser's menu does. */
async function openAlone(page) {
  const addresses = await page
    .locator("viewcomfy-app")
    .evaluate(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll("[src], [href]")].map((each) => each.src ?? each.href),
    );
  for (const address of addresses.filter((each) => /^(?:blob|data):/.test(each))) {
    const alone = await page.context().newPage();
    // What the browser does not show is a download.
    await alone.goto(address).catch(() => {});
    await alone.close();
  }
  expect(await page.evaluate(() => localStorage.getItem("ran"))).toBe(null);
}

test("outputs are shown or saved and never run, not even when one is opened", async ({
  page,
  open,
  context,
}) => {
  const tag =
    '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/hostile"></viewcomfy-app>';
  await open(tag, { routes: { "/hostile": answering(OUTPUTS) } });
  await page.evaluate(() => {
    globalThis.types = new Map();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      const address = make(blob);
      globalThis.types.set(address, blob.type);
      return address;
    };
  });
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  await expect(page.getByText("This can only be saved.")).toHaveCount(3);
  await expect(page.getByRole("img", { name: "Output drawing.svg" })).toBeVisible();
  await expect(page.getByText("<script>globalThis.ran")).not.toHaveCount(0);
  const types = await page.evaluate(() => {
    const links = [...document.querySelector("viewcomfy-app").shadowRoot.querySelectorAll("a[download]")];
    return links.map(({ href }) => globalThis.types.get(href));
  });
  // What a browser would open as a page, of this page's origin, is handed out as bytes.
  expect(types).toEqual(OUTPUTS.map(() => "application/octet-stream"));
  await openAlone(page);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
  expect(context.pages()).toHaveLength(1);
});

test("a link of a result is one of the web, or none", async ({ page, open }) => {
  const tag =
    '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/hostile"></viewcomfy-app>';
  const outputs = [
    { filename: "a.png", content_type: "image/png", filepath: "javascript:globalThis.ran=1" },
    {
      filename: "b.txt",
      content_type: "text/plain",
      filepath: "data:text/html,<script>globalThis.ran=1</script>",
    },
  ];
  await open(tag, { routes: { "/hostile": answering(outputs) } });
  await page.getByRole("button", { name: "Run" }).click();
  await expect.poll(() => page.locator("viewcomfy-app").evaluate((app) => app.status)).toBe("done");
  await expect(page.getByText("This can only be saved.")).toHaveCount(2);
  const addresses = await page
    .locator("viewcomfy-app")
    .evaluate(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll("[href], [src]")].map((each) => each.href ?? each.src),
    );
  expect(addresses.filter((address) => !/^(?:https?|blob):/.test(address))).toEqual([]);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});

test("a model's link that is not one of the web is not a link", async ({ page, open }) => {
  const loader = {
    id: 1,
    type: "CheckpointLoaderSimple",
    pos: [0, 0],
    size: [300, 100],
    flags: {},
    order: 0,
    mode: 0,
    inputs: [],
    outputs: [],
    properties: {
      models: [{ name: "a.safetensors", url: "javascript:globalThis.ran=1", directory: "checkpoints" }],
    },
    widgets_values: ["a.safetensors"],
  };
  const note = { ...loader, id: 2, type: "MarkdownNote", properties: {}, widgets_values: [SCRIPT] };
  await open("<comfy-workflow></comfy-workflow>");
  await page.locator("comfy-workflow").evaluate(
    (element, text) => {
      element.workflow = text;
    },
    JSON.stringify({
      last_node_id: 2,
      last_link_id: 0,
      nodes: [loader, note],
      links: [],
      groups: [{ title: SCRIPT, bounding: [0, 0, 400, 300], color: "red" }],
      version: 0.4,
    }),
  );
  await expect(page.getByRole("region", { name: "Models" })).toContainText("a.safetensors");
  await expect(page.getByRole("region", { name: "Notes" })).toContainText("<script>");
  await expect(page.locator("comfy-workflow a")).toHaveCount(0);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});
