// What the tags do where something that they read cannot be had: the form is there all the same, with one note.

import { expect, KEYS, status, test, WORKFLOW } from "../support/element-page.js";
import { settledRequest } from "../support/requests.js";

const MISSING = "What is known of some nodes could not be loaded";
/** A class of a pack, beside those of ComfyUI. */
const WITH_PACK = JSON.stringify({
  3: { class_type: "KSampler", inputs: { seed: 5, cfg: 7.5 } },
  4: { class_type: "VHS_SelectEveryNthImage", inputs: { select_every_nth: 2 } },
});
/** The same pack in the editor's format, whose values have names only where the class is known. */
const EDITOR = JSON.stringify({
  last_node_id: 2,
  last_link_id: 1,
  nodes: [
    {
      id: 1,
      type: "EmptyImage",
      pos: [0, 0],
      size: [200, 100],
      outputs: [{ name: "IMAGE", type: "IMAGE", links: [1] }],
      widgets_values: [64, 64, 1, 0],
    },
    {
      id: 2,
      type: "VHS_SelectEveryNthImage",
      pos: [300, 0],
      size: [200, 100],
      inputs: [
        { name: "images", type: "IMAGE", link: 1 },
        { name: "select_every_nth", type: "INT", link: null, widget: { name: "select_every_nth" } },
      ],
      widgets_values: [2],
    },
    {
      id: 3,
      type: "PreviewImage",
      pos: [600, 0],
      size: [200, 100],
      inputs: [{ name: "images", type: "IMAGE", link: 2 }],
      widgets_values: [],
    },
  ],
  links: [[1, 1, 0, 2, 0, "IMAGE"]],
  version: 0.4,
});

const gone = (_request, response) => response.writeHead(404).end();
const without = (...names) => ({
  routes: Object.fromEntries(names.map((name) => [`/pkg/${name}`, gone])),
  expected: /404/,
});
const note = (page) => page.getByText(MISSING);

async function show(page, workflow, selector = "viewcomfy-app") {
  await page.locator(selector).evaluate((tag, text) => {
    tag.workflow = text;
  }, workflow);
}

test("without what is known of packs the form runs, and one note says so", async ({ page, open }) => {
  await open(
    '<viewcomfy-app endpoint="/api/viewcomfy" send-workflow></viewcomfy-app>',
    without("definitions-custom.json"),
  );
  for (const workflow of [WITH_PACK, EDITOR]) {
    await show(page, workflow);
    await expect(page.getByLabel("Select every nth", { exact: true })).toHaveValue("2");
    await expect(note(page)).toHaveCount(1);
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
  await show(page, '{"3":{"class_type":"KSampler","inputs":{"cfg":3.5}}}');
  await expect(page.getByLabel("Cfg", { exact: true })).toHaveValue("3.5");
  await expect(note(page)).toHaveCount(0);
});

test("without any definitions both tags show what the file says, and the form runs", async ({
  page,
  open,
  endpoint,
}) => {
  const tags = `<viewcomfy-app src="${WORKFLOW}" endpoint="/api/viewcomfy"></viewcomfy-app><comfy-workflow src="${WORKFLOW}"></comfy-workflow>`;
  await open(tags, without("definitions.json", "definitions-custom.json"));
  await expect(page.getByRole("region", { name: "Graph" })).toBeVisible();
  await expect(page.getByLabel("Cfg", { exact: true })).toHaveValue("7.5");
  await expect(note(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  expect((await settledRequest(endpoint.url)).params).toContain(`"${KEYS.cfg}":7.5`);
});

test("a src that is not an address is told with its code, and another one is followed", async ({
  page,
  open,
}) => {
  await open('<viewcomfy-app endpoint="/api/viewcomfy"></viewcomfy-app>');
  const app = page.locator("viewcomfy-app");
  const error = await app.evaluate(
    (tag) =>
      new Promise((resolve) => {
        tag.addEventListener("error", ({ detail }) => resolve({ ...detail.error, name: detail.error.name }));
        tag.src = "http://[";
      }),
  );
  expect(error).toMatchObject({ name: "ViewComfyError", code: "invalid_param", key: "src" });
  await expect(page.getByRole("alert")).toContainText("src is not an address: http://[");
  await app.evaluate((tag, src) => tag.setAttribute("src", src), WORKFLOW);
  await expect(page.getByLabel("Cfg", { exact: true })).toHaveValue("7.5");
});
