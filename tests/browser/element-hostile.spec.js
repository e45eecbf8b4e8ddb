// What strangers wrote never runs: titles, values, notes and names of a workflow, and the outputs of a run.

import { expect, status, test } from "../support/element-page.js";
import { answering, designed, HOSTILE, NOTE, OUTPUTS, previewing, SCRIPT } from "../support/hostile-parts.js";

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

for (const [words, options] of Object.entries({
  "under a strict policy": {},
  "by the tag alone": { policy: null },
})) {
  test(`a workflow's names, titles and values are text, ${words}`, async ({ page, open }) => {
    const tags = "<viewcomfy-app endpoint='/api/viewcomfy'></viewcomfy-app><comfy-workflow></comfy-workflow>";
    await open(tags, options);
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

  test(`outputs are shown or saved and never run, not even when one is opened, ${words}`, async ({
    page,
    open,
    context,
  }) => {
    const tag =
      '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/hostile"></viewcomfy-app>';
    await open(tag, { ...options, routes: { "/hostile": answering(OUTPUTS) } });
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
}

test("a preview is shown and never run, not even when it is opened", async ({ page, open }) => {
  const tag =
    '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/hostile"></viewcomfy-app>';
  // Playwright's trace reads the picture for itself, which the page's policy refuses.
  await open(tag, { routes: { "/hostile": previewing }, expected: /connect-src/ });
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("img", { name: /^Preview of/ })).toHaveCount(1);
  await openAlone(page);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
  await page.getByRole("button", { name: "Cancel" }).click();
  await status(page, "cancelled");
});

test("a link of a result is one of the web, or none", async ({ page, open }) => {
  const tag =
    '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/hostile"></viewcomfy-app>';
  const outputs = [
    { filename: `${SCRIPT}.png`, content_type: "image/png", filepath: "javascript:globalThis.ran=1" },
    {
      filename: "b.txt",
      content_type: "text/plain",
      filepath: "data:text/html,<script>globalThis.ran=1</script>",
    },
    { filename: "c.bin", content_type: "application/octet-stream", filepath: "/c.bin" },
  ];
  await open(tag, { routes: { "/hostile": answering(outputs) } });
  await page.getByRole("button", { name: "Run" }).click();
  await expect.poll(() => page.locator("viewcomfy-app").evaluate((app) => app.status)).toBe("done");
  await expect(page.getByText("This can only be saved.")).toHaveCount(3);
  const addresses = await page
    .locator("viewcomfy-app")
    .evaluate(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll("[href], [src]")].map((each) => each.href ?? each.src),
    );
  await expect(page.locator("viewcomfy-app a")).toHaveAttribute("rel", "noopener noreferrer");
  expect(addresses.filter((address) => !/^(?:https?|blob):/.test(address))).toEqual([]);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});

test("a model's link that is not one of the web is not a link", async ({ page, open }) => {
  const MODEL = `a ${SCRIPT}.safetensors`;
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
      models: [{ name: MODEL, url: "javascript:globalThis.ran=1", directory: "checkpoints" }],
    },
    widgets_values: [MODEL],
  };
  const models = [{ name: "b.safetensors", url: "https://example.com/b", directory: "checkpoints" }];
  const other = { ...loader, id: 3, properties: { models }, widgets_values: ["b.safetensors"] };
  const note = { ...loader, id: 2, type: "MarkdownNote", properties: {}, widgets_values: [SCRIPT] };
  await open("<comfy-workflow></comfy-workflow>");
  await page.locator("comfy-workflow").evaluate(
    (element, text) => {
      element.workflow = text;
    },
    JSON.stringify({
      last_node_id: 3,
      last_link_id: 0,
      nodes: [loader, note, other],
      links: [],
      groups: [{ title: SCRIPT, bounding: [0, 0, 400, 300], color: "red" }],
      version: 0.4,
    }),
  );
  await expect(page.getByRole("region", { name: "Models" })).toContainText(`checkpoints/${MODEL}`);
  await expect(page.getByRole("region", { name: "Notes" })).toContainText("<script>");
  const links = await page
    .locator("comfy-workflow a")
    .evaluateAll((all) => all.map(({ href, rel }) => [href, rel]));
  expect(links).toEqual([["https://example.com/b", "noopener noreferrer"]]);
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

/** What text becomes when it is parsed; a picture of the tag's own is no such thing. */
const made = (page) =>
  page
    .locator("viewcomfy-app")
    .evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll("script, iframe, [onerror]").length);

test("a designed form's words are text, in its fields and their refusals", async ({ page, open }) => {
  // A policy would stop most of it, too: here the tag alone has to.
  await open('<viewcomfy-app endpoint="/hostile"></viewcomfy-app>', { policy: null });
  await page.locator("viewcomfy-app").evaluate((app, text) => {
    app.workflow = text;
  }, designed());
  await expect(page.locator("viewcomfy-app option").first()).toContainText("<img src=x");
  await expect(page.locator("viewcomfy-app [part=head] p")).toContainText("<img src=x");
  await expect(page.locator("viewcomfy-app .help")).toContainText("<img src=x");
  expect(await made(page)).toBe(0);
  await page.locator("viewcomfy-app").evaluate((app) => {
    app.values = { "1-inputs-cfg": "" };
  });
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.locator("viewcomfy-app .problem")).toContainText("<img src=x");
  expect(await made(page)).toBe(0);
  expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
});

const told = (type, input) => ({
  class_type: type,
  dependent_outputs: [],
  errors: [{ type: "odd", message: SCRIPT, details: SCRIPT, extra_info: { input_name: input } }],
});
const REFUSAL = {
  error: { type: SCRIPT, message: SCRIPT, details: SCRIPT, extra_info: {} },
  node_errors: { 1: told(SCRIPT, "text"), 99: told(SCRIPT, SCRIPT) },
};

for (const [what, values, status, answer] of [
  ["a refusal", {}, 400, REFUSAL],
  ["a failure", {}, 500, { detail: `Broken ${SCRIPT}` }],
  ["a key that is near to others", { [`1-inputs-nam${SCRIPT}`]: "x" }, 200, {}],
]) {
  test(`${what} with markup in its words is shown as these words`, async ({ page, open }) => {
    const hostile = (request, response) => {
      request.resume().on("end", () => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      });
    };
    const options = { policy: null, routes: { "/hostile": hostile }, expected: /status of (?:400|500)/ };
    await open('<viewcomfy-app endpoint="/hostile"></viewcomfy-app>', options);
    await page.locator("viewcomfy-app").evaluate(
      (app, [text, given]) => {
        app.workflow = text;
        app.values = given;
      },
      [JSON.stringify(HOSTILE), values],
    );
    await page.getByRole("button", { name: "Run" }).click();
    await expect(page.getByRole("alert")).toContainText("<img src=x");
    expect(await made(page)).toBe(0);
    expect(await page.evaluate(() => globalThis.ran)).toBe(undefined);
  });
}

test("texts and drawings have an end, and a chosen drawing has no address of the page", async ({
  page,
  open,
}) => {
  const tag =
    '<viewcomfy-app src="/fixtures/workflows/model_free_edit.json" endpoint="/hostile"></viewcomfy-app>';
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
  const large = Buffer.from(drawing + " ".repeat(9 * 1024 * 1024)).toString("base64");
  const outputs = [
    { filename: "long.txt", content_type: "text/plain", data: btoa("a".repeat(30_000)) },
    { filename: "large.svg", content_type: "image/svg+xml", data: large },
  ];
  await open(tag, { routes: { "/hostile": answering(outputs) } });
  const file = { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from(drawing) };
  await page.getByLabel("Choose a file: Image").setInputFiles(file);
  await expect(page.getByText("drawing.svg,")).toBeVisible();
  await expect(page.locator("viewcomfy-app .chosen img")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove the file: Image" }).click();
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  await expect(page.getByText("This can only be saved.")).toHaveCount(1);
  await expect(page.locator("viewcomfy-app figure pre")).toHaveText("a".repeat(20_000));
});
