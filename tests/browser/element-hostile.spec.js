// What strangers wrote never runs: titles, values, notes and names of a workflow, and the outputs of a run.

import { expect, status, test } from "../support/element-page.js";
import { answering, HOSTILE, NOTE, OUTPUTS, SCRIPT } from "../support/hostile-parts.js";

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

test("a note's Markdown makes no markup of a stranger's, and its links are of the web", async ({
  page,
  open,
}) => {
  // A policy would stop most of it, too: here the tag alone has to.
  await open("<comfy-workflow></comfy-workflow>", { policy: null });
  const note = { pos: [0, 0], size: [300, 100], flags: {}, mode: 0, properties: {}, widgets_values: [NOTE] };
  const nodes = ["MarkdownNote", "Note"].map((type, at) => ({ ...note, id: at + 1, order: at, type }));
  await page.locator("comfy-workflow").evaluate(
    (element, text) => {
      element.workflow = text;
    },
    JSON.stringify({ last_node_id: 2, last_link_id: 0, nodes, links: [], groups: [], version: 0.4 }),
  );
  const notes = page.getByRole("region", { name: "Notes" });
  await expect(notes.getByRole("heading", { level: 4 })).toContainText("Title <img src=x");
  await expect(notes.locator("strong")).toContainText("bold <img");
  await expect(notes.locator("pre")).toContainText("<script>");
  await expect(notes.getByRole("listitem").first()).toHaveText("press");
  const links = notes.locator("a, [href], [src]");
  const shown = await links.evaluateAll((all) => all.map(({ href, rel, target }) => [href, rel, target]));
  expect(shown).toEqual([
    ["https://example.com/a_b", "noopener noreferrer", "_blank"],
    ["https://example.org/", "noopener noreferrer", "_blank"],
  ]);
  const made = await notes.evaluate((section) => [
    ...new Set([...section.querySelectorAll("*")].map(({ localName }) => localName)),
  ]);
  expect(made.sort()).toEqual(
    ["a", "code", "div", "h3", "h4", "li", "p", "pre", "span", "strong", "ul"].sort(),
  );
  // A plain note stays as it was typed.
  await expect(notes.locator(".note-plain")).toContainText("# Title <img");
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});
