// What strangers write into files, in the views that are seldom opened: a comparison, a recipe, a designed form, the settings
// of another program, subgraphs, the graph from far and as a picture.

import { pngChunk } from "../../pkg/src/view/png-chunk.js";
import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import { expectHarmless, NAME, withoutPolicy } from "../support/hostile-page.js";
import { designed, SCRIPT as MARKUP } from "../support/hostile-parts.js";
import { drop, exampleText, field, saved, showTab } from "./page-driver.js";

const api = (workflow) => JSON.stringify(workflow);
const node = (type, inputs, title) => ({ class_type: type, inputs, _meta: { title } });

test.beforeEach(async ({ page }) => {
  await withoutPolicy(page);
  await page.goto("/");
});

test("what differs between two files, and their names", async ({ page }) => {
  const [words, link] = [`in ${MARKUP}`, `image ${MARKUP}`];
  const loader = node(`Load ${MARKUP}`, { [words]: 1 }, `loader ${MARKUP}`);
  const sender = { ...loader, _meta: { title: `other loader ${MARKUP}` } };
  const before = {
    1: loader,
    2: node(MARKUP, { [words]: `${MARKUP} dusk end`, [link]: ["1", 0] }, `sender ${MARKUP}`),
    4: node(`Gone ${MARKUP}`, { [words]: MARKUP, image: ["1", 0] }, MARKUP),
  };
  const after = {
    1: { ...loader, _meta: { title: `renamed ${MARKUP}` } },
    2: node(MARKUP, { [words]: `${MARKUP} dawn ${MARKUP} end`, [link]: ["3", 0] }, `sender ${MARKUP}`),
    3: sender,
  };
  await drop(page, [
    { name: `a ${NAME}.json`, bytes: api(before) },
    { name: `b ${NAME}.json`, bytes: api(after) },
  ]);
  await expect(page.getByRole("heading", { name: "What differs" })).toBeVisible();
  for (const name of ["Changed parameters", "Added nodes", "Removed nodes", "Renamed nodes", "Rewired links"])
    await expect(page.getByRole("region", { name })).toContainText("<img src=x");
  await expectHarmless(page);
  // Of three, the open one is compared with the next.
  await drop(
    page,
    [before, after, before].map((each, at) => ({ name: `${at} ${NAME}.json`, bytes: api(each) })),
  );
  await expect(page.getByRole("group", { name: "Files" })).toContainText("Compare with 1 <img src=x");
  await expectHarmless(page);
});

test("the recipe of an output, and the code that makes it", async ({ page }) => {
  const workflow = JSON.parse(exampleText("text-to-image"));
  workflow[6].inputs.text = MARKUP;
  await drop(page, { name: "recipe.json", bytes: api(workflow) });
  await showTab(page, "About");
  const recipe = page.getByRole("region", { name: "How it is made" });
  await expect(recipe).toContainText("<img src=x");
  await showTab(page, "All parameters");
  await field(page, "Prompt, text").fill(`changed ${MARKUP}`);
  await page.locator("#code summary").click();
  await expect(page.locator("#code pre")).toContainText("<img src=x");
  await expectHarmless(page);
});

test("the title and the words of a designed form", async ({ page }) => {
  await drop(page, { name: "view_comfy.json", bytes: designed() });
  await showTab(page, "Form");
  await expect(page.locator(".form-intro")).toContainText("<img src=x");
  await expect(page.locator(".form-intro h3")).toContainText("<img src=x");
  await expectHarmless(page);
});

test("the settings that another program wrote into its picture", async ({ page }) => {
  const { bytes, ...file } = found("none/parameters.png");
  const text = `parameters\0${MARKUP}\nSteps: 20, Seed: 1, of <b onerror=1>: <b onerror=1>`;
  // In the place of its own.
  const at = bytes.indexOf("parameters") - 8;
  const parts = [
    bytes.subarray(0, at),
    ...pngChunk("tEXt", new TextEncoder().encode(text)),
    bytes.subarray(at + bytes.readUInt32BE(at) + 12),
  ];
  await drop(page, { ...file, bytes: Buffer.concat(parts) });
  const notice = page.getByRole("alert");
  await expect(notice.locator("dd").first()).toContainText("<img src=x");
  await expect(notice.locator("dt").last()).toContainText("<b onerror");
  await expectHarmless(page);
});

test("the names of subgraphs, and a picture's own", async ({ page }) => {
  const file = JSON.parse(fixture("editor/subgraphs_1.json").bytes.toString());
  const inside = file.definitions.subgraphs;
  const all = [...file.nodes, ...inside.flatMap(({ nodes }) => nodes)];
  for (const each of all) each.title = `${each.id} ${MARKUP}`;
  await drop(page, { name: "subgraphs.json", bytes: JSON.stringify(file) });
  await showTab(page, "Graph");
  await page.locator("g[data-node='2'] .box-body").click();
  const details = page.getByRole("region", { name: /^Selected node/ });
  await details.getByRole("button", { name: "Open it in place" }).click();
  await expect(page.getByRole("list", { name: "Opened in place" })).toContainText("<img src=x");
  await expectHarmless(page);
  await page.getByRole("list", { name: "Opened in place" }).getByRole("button").click();
  await page.locator("g[data-node='2'] .box-body").click();
  await details.getByRole("button", { name: "Look inside the subgraph" }).click();
  await expect(page.getByRole("navigation", { name: "Subgraph" })).toContainText("<img src=x");
  await expectHarmless(page);
  await page.goto("/");
  await drop(page, { ...found("text.png"), name: `${NAME}.png` });
  await page.getByRole("button", { name: /^The opened picture/ }).click();
  await expect(page.locator(".about-media figcaption")).toContainText("<img src=x");
  await expectHarmless(page);
});

/** One that is only looked at: nothing in it runs. */
function muted() {
  const model = { name: "a.safetensors", url: "https://example.com/a.safetensors", directory: MARKUP };
  const made = Array.from({ length: 399 }, (_, id) => ({
    id,
    type: id === 0 ? `Odd ${MARKUP}` : "SaveImage",
    title: `<b onerror=1> ${id}`,
    pos: [(id % 21) * 250, Math.floor(id / 21) * 150],
    size: [240, 120],
    flags: {},
    order: id,
    mode: 2,
    inputs: [{ name: `in ${MARKUP}`, type: "IMAGE", link: null }],
    outputs: [],
    properties: id === 0 ? { models: [model] } : {},
    widgets_values: id === 0 ? { [`named ${MARKUP}`]: MARKUP, of: model.name } : [MARKUP],
  }));
  const groups = [{ title: "<b onerror=1>", bounding: [0, 0, 900, 400], color: "#3f789e" }];
  return JSON.stringify({ nodes: made, links: [], groups, last_node_id: 400, last_link_id: 0, version: 0.4 });
}

test("titles from far and under the mouse, and values that can only be read", async ({ page }) => {
  await drop(page, { name: "muted.json", bytes: muted() });
  await showTab(page, "Graph");
  await expect(page.locator(".far-labels text").first()).toContainText("<b");
  await page.locator(".graph-canvas").hover();
  await expect(page.locator(".graph-hint")).toContainText("<b onerror=1>");
  await expectHarmless(page);
  await page.getByRole("searchbox", { name: /^Find a node/ }).fill("#0");
  await page.locator("g[data-node='0'] .box-body").click();
  const details = page.getByRole("region", { name: /^Selected node/ });
  await expect(details.locator("dt").first()).toContainText("<img src=x");
  await expect(details.locator("dd").filter({ hasText: "<img src=x" })).toHaveCount(1);
  await expectHarmless(page);
  await showTab(page, "About");
  const models = page.getByRole("region", { name: "Models" });
  await expect(models).toContainText("<img src=x");
  await expect(models.getByRole("link")).toHaveAttribute("rel", "noopener noreferrer");
  await expectHarmless(page);
});

test("why a file could not be converted", async ({ page }) => {
  const saver = {
    id: "<b onerror=1>",
    type: "SaveImage",
    pos: [0, 0],
    size: [9, 9],
    flags: {},
    order: 0,
    mode: 0,
  };
  const nodes = [{ ...saver, inputs: [], outputs: [], properties: {}, widgets_values: [{ a: 1 }] }];
  await drop(page, { name: "a.json", bytes: JSON.stringify({ nodes, links: [], groups: [], version: 0.4 }) });
  await expect(page.getByRole("note")).toContainText("<b onerror=1>");
  await expectHarmless(page);
});

test("a saved picture of the graph has no markup of theirs in it", async ({ page }) => {
  const workflow = { 1: node("SaveImage", { filename_prefix: "a < b & c" }, "<b onerror=1>") };
  const editor = JSON.parse(muted());
  await drop(page, { name: "a.json", bytes: JSON.stringify({ ...editor, nodes: editor.nodes.slice(0, 2) }) });
  for (const bytes of [null, api(workflow)]) {
    if (bytes) await drop(page, { name: "b.json", bytes });
    await showTab(page, "Graph");
    const { bytes: picture } = await saved(page, page.getByRole("button", { name: "Save the graph as SVG" }));
    const text = picture.toString();
    expect(text).toContain("&lt;b onerror=1&gt;");
    expect(text).not.toMatch(/<(?:b|img|script)\b/);
  }
});

test("a note that is longer than any stands as it was typed", async ({ page }) => {
  const long = {
    id: 1,
    type: "MarkdownNote",
    pos: [0, 0],
    size: [9, 9],
    flags: {},
    order: 0,
    mode: 0,
    properties: {},
  };
  const nodes = [{ ...long, widgets_values: [`# ${"a".repeat(200_000)}`] }];
  await drop(page, {
    name: "note.json",
    bytes: JSON.stringify({ nodes, links: [], groups: [], version: 0.4 }),
  });
  await showTab(page, "About");
  await expect(page.locator(".note-plain")).toHaveCount(1);
  await expect(page.locator(".markdown")).toHaveCount(0);
});
