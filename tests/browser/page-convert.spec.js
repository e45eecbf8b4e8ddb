// The editor's format on the page: converted when dropped, what there is to know, run, converted again, or refused.

import { crc32 } from "node:zlib";

import init, { toApiFormat } from "../../pkg/inspect-node.js";
import { expect, test } from "../support/fixtures.js";
import { fixture, found } from "../support/found.js";
import {
  drop,
  field,
  forgetRequests,
  MAIN_PATH,
  requests,
  runButton,
  runState,
  saved,
  showTab,
} from "./page-driver.js";

const modelFree = fixture("editor/model_free.json");
const stuck = fixture("editor/odd_values.json");
const toKnow = (page) => page.getByRole("list", { name: "From the conversion" });

test.beforeAll(() => init());
test.beforeEach(({ endpoint }) => forgetRequests(endpoint));

/** The fixture with its blur replaced by a class of a pack, and without its version: two things to know. */
function wild({ name = "wild.json", width = 96 } = {}) {
  const file = JSON.parse(String(modelFree.bytes));
  const blur = file.nodes.find((node) => node.type === "ImageBlur");
  Object.assign(blur, { type: "HarbourTint", mode: 0, widgets_values: [4] });
  blur.properties = { cnr_id: "harbour-nodes", ver: "1.2.0" };
  blur.inputs = blur.inputs.filter((input) => input.name !== "sigma");
  file.nodes[0].widgets_values[0] = width;
  delete file.version;
  return { name, type: "application/json", bytes: JSON.stringify(file) };
}

/** What a server with that pack answers. */
const harbourServer = {
  name: "harbour.json",
  bytes: JSON.stringify({
    EmptyImage: {
      input: {
        required: {
          width: ["INT", { default: 512, min: 1, max: 200 }],
          height: ["INT", { default: 512, min: 1, max: 200 }],
          batch_size: ["INT", { default: 1, min: 1, max: 4 }],
          color: ["INT", { default: 0, min: 0, max: 16777215 }],
        },
      },
      output: ["IMAGE"],
      name: "EmptyImage",
      display_name: "Empty Image",
    },
    ImageInvert: { input: { required: { image: ["IMAGE"] } }, output: ["IMAGE"], name: "ImageInvert" },
    HarbourTint: {
      input: { required: { image: ["IMAGE"], tint_depth: ["INT", { default: 1, min: 1, max: 31 }] } },
      output: ["IMAGE"],
      name: "HarbourTint",
      display_name: "Harbour Tint",
    },
    SaveImage: {
      input: { required: { images: ["IMAGE"], filename_prefix: ["STRING", { default: "ComfyUI" }] } },
      output: [],
      output_node: true,
      name: "SaveImage",
      display_name: "Save Image",
    },
  }),
};

/** A picture that carries the editor's form and no other: a whole PNG with one more text chunk. */
async function pictureOf(page, text) {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  const png = Buffer.from(base64, "base64");
  const data = Buffer.from(`tEXtworkflow\0${text}`, "latin1");
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  const header = 8 + 25;
  const bytes = Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
  return { name: "painted.png", type: "image/png", bytes };
}

async function open(page, file) {
  await page.goto("/");
  await drop(page, file);
  await page.locator("body[data-inspected]").waitFor();
}

test(
  "an editor file is converted when dropped, and is a workflow like any other",
  MAIN_PATH,
  async ({ page }) => {
    await open(page, modelFree);
    await expect(page.getByRole("heading", { name: "model_free.json" })).toBeFocused();
    await expect(page.locator(".converted")).toHaveText(
      "Converted from the editor's format. It runs as it is.",
    );
    await expect(page.locator(".facts")).toContainText("3 nodes");
    await expect(page.getByRole("tab")).toHaveText([
      /^Form$/,
      /^All parameters$/,
      /^Graph$/,
      /^About$/,
      /^Problems/,
    ]);
    await showTab(page, "All parameters");
    await expect(field(page, "Empty Image, width")).toHaveValue("96");
    await expect(runButton(page)).toBeEnabled();
  },
);

test("the graph keeps the editor's picture: places, frames, subgraphs, what is switched off", async ({
  page,
}) => {
  await open(page, modelFree);
  await showTab(page, "Graph");
  await expect(page.locator("g[data-node='1']")).toHaveAttribute("transform", "translate(0 -30)");
  await expect(page.locator("g[data-node='3']")).toBeVisible();
  await expect(page.locator(".graph-canvas")).toContainText("Colours");
  // Parameters are changed in it as in any graph.
  await page.locator("g[data-node='1'] .box-body").click();
  await field(page, "Empty Image, width").fill("48");
  await expect(page.getByText("1 changed")).toBeVisible();
  await page.locator("g[data-node='2'] .box-body").click();
  await page.getByRole("button", { name: "Look inside the subgraph" }).click();
  await expect(page.locator("g[data-node='2:10']")).toBeVisible();
});

test("what is downloaded is the converter's text, exactly", MAIN_PATH, async ({ page }) => {
  const file = fixture("editor/lighthouse_04.json");
  const { json } = await toApiFormat(file.bytes);
  expect(json).toContain("18446744073709551615");
  await open(page, file);
  const { name, bytes } = await saved(page, page.getByRole("button", { name: "Download API format" }));
  expect(name).toBe("lighthouse_04_api.json");
  expect(bytes.toString()).toBe(json);
});

test(
  "a converted workflow of model-free nodes runs to a picture, sent as what it became",
  MAIN_PATH,
  async ({ page, endpoint }) => {
    await open(page, modelFree);
    // The deployed workflow is another, so there is nothing to choose.
    const send = page.getByRole("radio", { name: "This file" });
    await expect(send).toBeChecked();
    await expect(send).toBeDisabled();
    await runButton(page).click();
    await runState(page, "done");
    const picture = page.getByRole("img", { name: /^Output / });
    await expect(picture).toBeVisible();
    // Magenta, inverted; the blur between is bypassed.
    const seen = await picture.evaluate((image) => {
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return [image.naturalWidth, image.naturalHeight, ...context.getImageData(5, 5, 1, 1).data];
    });
    expect(seen).toEqual([96, 64, 0, 255, 0, 255]);
    expect(JSON.stringify(await requests(endpoint))).toContain("workflow_api");

    // What came in API format may be left at home again.
    await drop(page, found("text.png"));
    await expect(send).toBeEnabled();
  },
);

test("to a deployment a converted workflow is sent, too", async ({ page }) => {
  await open(page, modelFree);
  const bodies = [];
  await page.route("https://deployment.test/**", (route) => {
    bodies.push(route.request().postData());
    return route.fulfill({ status: 500, body: "enough" });
  });
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Endpoint", { exact: true }).fill("https://deployment.test/infer");
  await page.getByText("None", { exact: true }).click();
  await runButton(page).click();
  await runState(page, "failed");
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toContain("workflow_api");
  expect(bodies[0]).toContain("2:10");
});

test("what there is to know is counted, listed with advice, and leads to its node", async ({ page }) => {
  await open(page, wild());
  await expect(page.locator(".converted")).toContainText(
    "Converted from the editor's format, 2 things to know. ",
  );
  await page.getByRole("button", { name: "2 things to know" }).click();
  const entries = toKnow(page).getByRole("listitem");
  await expect(entries).toHaveCount(2);
  const pack = entries.filter({ hasText: "HarbourTint" });
  await expect(pack).toContainText("harbour-nodes 1.2.0");
  await expect(pack.locator(".problem-advice")).not.toBeEmpty();
  await expect(entries.filter({ hasText: "The workflow" })).toContainText("version");
  await pack.getByRole("button", { name: /#3/ }).click();
  await expect(page.getByRole("region", { name: /^Selected node/ })).toContainText("harbour-nodes");
});

test("a server's definitions convert it again, and what a person changed stays", async ({ page }) => {
  await open(page, wild());
  await showTab(page, "All parameters");
  await expect(page.getByText("tint_depth")).toBeHidden();
  await field(page, "Empty Image, height").fill("80");
  await drop(page, harbourServer);
  await expect(page.locator(".converted")).toHaveText(
    "Converted from the editor's format by what harbour.json knows, 1 thing to know. It runs as it is.",
  );
  await expect(page.getByRole("tab", { name: "All parameters" })).toHaveAttribute("aria-selected", "true");
  await expect(field(page, "Harbour Tint, tint_depth")).toHaveValue("4");
  await expect(field(page, "Empty Image, height")).toHaveValue("80");
  await expect(page.getByText("1 changed")).toBeVisible();

  await showTab(page, /^Problems/);
  await expect(toKnow(page).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Check against ComfyUI’s own nodes" }).click();
  await expect(page.locator(".converted")).toContainText("2 things to know");
});

test("definitions that come in the same drop are those it is converted by", async ({ page }) => {
  await page.goto("/");
  await drop(page, [wild(), harbourServer]);
  await expect(page.locator(".converted")).toContainText("by what harbour.json knows, 1 thing to know");
  await showTab(page, "All parameters");
  await expect(field(page, "Harbour Tint, tint_depth")).toHaveValue("4");
});

test("a picture with only the editor's form is converted", async ({ page }) => {
  await page.goto("/");
  await drop(page, await pictureOf(page, String(modelFree.bytes)));
  await expect(page.getByText('Found in the PNG picture: tEXt chunk "workflow"')).toBeVisible();
  await expect(page.locator(".converted")).toBeVisible();
  await runButton(page).click();
  await runState(page, "done");
});

test("what cannot be converted is drawn, says why, and leads to the place", async ({ page }) => {
  await open(page, stuck);
  const note = page.getByRole("note");
  await expect(note).toContainText("could not be converted");
  await expect(note).toContainText('input "images" of node "6"', { ignoreCase: true });
  await expect(note).toContainText("save it, and drop the new file");
  await expect(page.getByRole("tab")).toHaveText([/^Graph$/, /^About$/, /^Problems/]);
  await expect(runButton(page)).toBeDisabled();
  await expect(page.getByText("It could not be converted, so it cannot run")).toBeVisible();
  await note.getByRole("button", { name: "Show the node" }).click();
  await expect(page.getByRole("region", { name: /^Selected node/ })).toContainText("#6");

  // What can run, runs again.
  await drop(page, modelFree);
  await expect(runButton(page)).toBeEnabled();
});

test("a file in which nothing runs says so", async ({ page }) => {
  await open(page, fixture("rejected/editor_export_subgraphs.json"));
  await expect(page.getByRole("note")).toContainText("Nothing in it runs");
});

test("the definitions of custom nodes are fetched when a file has one, and once", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname.split("/").pop()));
  const files = () => fetched.splice(0).filter((name) => name.startsWith("definitions"));
  await open(page, modelFree);
  await expect(page.locator(".converted")).toBeVisible();
  expect(files()).toEqual(["definitions.json"]);
  const workflow = {
    version: 0.4,
    links: [],
    nodes: [{ id: 4, type: "Text Multiline", widgets_values: ["a fox"] }],
  };
  const custom = (name) => ({ name, bytes: JSON.stringify(workflow) });
  await drop(page, custom("custom.json"));
  await expect(page.getByRole("textbox", { name: /text/i }).first()).toHaveValue("a fox");
  expect(files()).toEqual(["definitions-custom.json"]);
  await drop(page, custom("again.json"));
  await expect(page.getByRole("heading", { name: "again.json" })).toBeVisible();
  expect(files()).toEqual([]);
});

test("definitions that do not load may be tried again", async ({ page }) => {
  await page.route("**/definitions.json", (route) => route.abort());
  await open(page, modelFree);
  await expect(page.getByRole("note")).toContainText("could not be converted");
  await page.unroute("**/definitions.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".converted")).toBeVisible();
  await expect(runButton(page)).toBeEnabled();
});

test("two editor files are compared after conversion", async ({ page }) => {
  await page.goto("/");
  await drop(page, [wild({ name: "a.json" }), wild({ name: "b.json", width: 128 })]);
  await expect(page.getByRole("heading", { name: "What differs" })).toBeFocused();
  await expect(page.locator(".facts")).toHaveText("1 parameter changed");
  const changed = page.getByRole("region", { name: "Changed parameters" });
  await expect(changed).toContainText("96");
  await expect(changed).toContainText("128");
});

test("an editor file is compared with one in API format", async ({ page }) => {
  const { json } = await toApiFormat(modelFree.bytes);
  await page.goto("/");
  await drop(page, [modelFree, { name: "exported.json", bytes: json }]);
  await expect(page.getByText("The two do the same")).toBeVisible();
});

test("what cannot be converted is not compared, but both can be opened", async ({ page }) => {
  await page.goto("/");
  await drop(page, [modelFree, stuck]);
  await expect(page.getByRole("alert")).toContainText("odd_values.json cannot be compared");
  await expect(page.getByRole("heading", { name: "model_free.json" })).toBeVisible();
  const files = page.getByRole("group", { name: "Files" });
  await files.getByRole("button", { name: /^odd_values\.json/ }).click();
  await expect(page.getByRole("note")).toContainText("could not be converted");
});
