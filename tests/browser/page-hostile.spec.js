// What strangers write into files: notes, names, titles, groups and links never run a script, and stay the text that they are.

import { expect, test } from "../support/fixtures.js";
import { expectHarmless, NAME, withoutPolicy } from "../support/hostile-page.js";
import { SCRIPT as MARKUP, NOTE } from "../support/hostile-parts.js";
import { drop, showTab } from "./page-driver.js";

/** Short enough to stand whole on a box of the graph. */
const SHORT = "<b onerror=1>";

/** A file of the editor in which everything that a person can write is hostile. */
function hostile() {
  const node = (id, type, more) => ({
    id,
    type,
    title: `${MARKUP} ${id}`,
    pos: [id * 300, 100],
    size: [240, 120],
    flags: {},
    order: id,
    mode: 0,
    inputs: [],
    outputs: [],
    properties: { cnr_id: MARKUP, ver: MARKUP },
    widgets_values: [],
    ...more,
  });
  const nodes = [
    node(1, "MarkdownNote", { widgets_values: [NOTE] }),
    node(2, "Note", { widgets_values: [NOTE] }),
    node(3, "LoadImage", {
      widgets_values: [`${MARKUP}.png`, "image"],
      outputs: [{ name: MARKUP, type: "IMAGE", links: [1] }],
    }),
    node(4, "SaveImage", {
      inputs: [{ name: "images", type: "IMAGE", link: 1 }],
      widgets_values: [MARKUP],
      title: SHORT,
    }),
    node(5, "CheckpointLoaderSimple", {
      widgets_values: [`${MARKUP}.safetensors`],
      properties: {
        models: [{ name: `${MARKUP}.safetensors`, url: "javascript:globalThis.ran=7", directory: MARKUP }],
      },
    }),
  ];
  const groups = [{ title: MARKUP, bounding: [0, 0, 900, 400], color: "#3f789e" }];
  const links = [[1, 3, 0, 4, 0, "IMAGE"]];
  const text = JSON.stringify({ nodes, links, groups, last_node_id: 5, last_link_id: 1, version: 0.4 });
  return { name: `${NAME}.json`, bytes: text };
}

test("hostile notes, names, titles and groups run nothing in any view", async ({ page }) => {
  // The policy would stop most of it, too: here the page alone has to.
  await withoutPolicy(page);
  await page.goto("/");
  await drop(page, hostile());
  await page.locator("body[data-inspected]").waitFor();
  for (const tab of ["Form", "All parameters", "Graph", "About", /^Problems/]) {
    await showTab(page, tab);
    if (tab === "Graph") await page.locator("g[data-node='4'] .box-body").click();
    if (tab === "About") await expect(page.getByRole("region", { name: "Notes in the file" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectHarmless(page);
  }
});

test("a note's Markdown is shown as such, and what is not of the web is no link", async ({ page }) => {
  await page.goto("/");
  await drop(page, hostile());
  await showTab(page, "About");
  const note = page.locator(".markdown");
  await expect(note).toHaveCount(1);
  await expect(note.getByRole("heading", { level: 4 })).toContainText("Title <img src=x");
  await expect(note.locator("strong")).toContainText("bold <img");
  await expect(note.locator("pre")).toContainText("<script>");
  await expect(note.getByRole("listitem").first()).toHaveText("press");
  const links = note.getByRole("link");
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute("href", "https://example.com/a_b");
  await expect(links.first()).toHaveAttribute("rel", "noopener noreferrer");
  // A plain note stays as it was typed.
  await expect(page.locator(".note-plain")).toContainText("# Title <img");
  await expect(page.getByRole("link", { name: /^Download/ })).toHaveCount(0);
});

test("options, ranges and explanations of a server are text", async ({ page }) => {
  const type = `Odd ${MARKUP}`;
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const sampler = {
    input: {
      required: {
        [`mode ${MARKUP}`]: [["plain", `fancy ${MARKUP}`], { tooltip: MARKUP }],
        text: ["STRING", { default: MARKUP, placeholder: MARKUP, tooltip: MARKUP }],
      },
    },
    output: ["IMAGE"],
    output_name: [MARKUP],
    name: type,
    display_name: MARKUP,
    description: MARKUP,
    category: MARKUP,
    output_node: true,
  };
  const workflow = {
    [SHORT]: {
      class_type: type,
      inputs: { [`mode ${MARKUP}`]: `other ${MARKUP}`, text: MARKUP },
      _meta: { title: MARKUP },
    },
    2: { class_type: type, inputs: { image: [SHORT, 0] } },
  };
  await withoutPolicy(page);
  await page.goto("/");
  await drop(page, [
    { name: "object_info.json", bytes: JSON.stringify({ [type]: sampler }) },
    { name: `odd ${NAME}.json`, bytes: JSON.stringify(workflow) },
  ]);
  for (const tab of ["Form", "All parameters", "Graph", /^Problems/]) {
    await showTab(page, tab);
    if (tab === "Graph") await page.locator(`g[data-node="${SHORT}"] .box-body`).click();
    if (tab !== "Graph" && String(tab) !== "/^Problems/") {
      const options = page.locator("#workflow select option");
      await expect(options.filter({ hasText: `fancy ${MARKUP}` })).not.toHaveCount(0);
      expect(await options.locator("*").count()).toBe(0);
    }
    await page.waitForLoadState("networkidle");
    await expectHarmless(page);
  }
  // A name with quotes is looked for as it is.
  await page
    .locator(".problem-list")
    .getByRole("button", { name: /· mode / })
    .first()
    .click();
  await expect(page.getByRole("region", { name: /^Selected node/ })).toContainText("<script>");
  await expectHarmless(page);
  expect(errors).toEqual([]);
});

test("a file that cannot be read is named by its name, whatever that is", async ({ page }) => {
  await withoutPolicy(page);
  await page.goto("/");
  const name = `${NAME}.json`;
  await drop(page, { name, bytes: `{"${MARKUP.replaceAll('"', "'")}": ` });
  await expect(page.locator("#notice")).toContainText("<img src=x");
  await expectHarmless(page);
});
