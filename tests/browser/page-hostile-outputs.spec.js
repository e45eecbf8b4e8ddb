// Outputs of strangers: files with scripts and names with markup are shown as what they are, and run nothing; by the page
// alone too, without the policy that would stop most of it.

import { expect, test } from "@playwright/test";

import { output, startScriptedPage } from "../support/scripted-page.js";
import { drop, exampleText, runButton, runState } from "./page-driver.js";

const CALL = "top.document.title='run'; try { localStorage.setItem('ran', '1') } catch {}";
const MARKUP = `<img class="smuggled" src=x onerror="${CALL}">`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="${CALL}">
  <script>${CALL}</script><a href="javascript:${CALL}"><rect width="40" height="40"/></a>
  <foreignObject width="40" height="40"><body xmlns="http://www.w3.org/1999/xhtml"><iframe class="smuggled" src="javascript:${CALL}"></iframe></body></foreignObject>
</svg>`;
const HTML = `<!doctype html><body onload="${CALL}"><script>${CALL}</script>`;
const XHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script>${CALL}</script></head><body/></html>`;
const PDF = `%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>`;
const OUTPUTS = [
  output("drawing.svg", "image/svg+xml", SVG),
  output("page.html", "text/html", HTML),
  output("page.xhtml", "application/xhtml+xml", XHTML),
  output("feed.xml", "text/xml", XHTML),
  output("film.mp4", "video/x-odd+xml", XHTML),
  output("picture.png", "image/x-odd+xml", XHTML),
  output("paper.pdf", "application/pdf", PDF),
  output("note.md", "text/markdown", `${MARKUP}<script>${CALL}</script>`),
  output(MARKUP, "text/plain", MARKUP),
  output("typed.png", `image/png; of=${MARKUP}`, "x"),
  { filename: "link.png", content_type: "image/png", filepath: `javascript:${CALL}`, size: 3 },
  { filename: "link.webm", content_type: "video/webm", filepath: `javascript:${CALL}`, size: 3 },
  { filename: "link.bin", content_type: "application/octet-stream", filepath: `javascript:${CALL}`, size: 3 },
];
const SMUGGLED =
  ".smuggled, iframe, object, embed, a[href^='javascript' i], a[href^='data:'], [src^='javascript' i], #workflow script, #run script";

/** Notes of what type the page's own addresses are. */
function noteAddresses() {
  const types = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    types.push(blob.type);
    return make(blob);
  };
  Object.assign(globalThis, { addressTypes: types });
}

async function run(page, url) {
  await page.addInitScript(noteAddresses);
  await page.goto(url);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runButton(page).click();
}

/** Opened by itself, no address of the page may be a document of the page's origin. */
async function expectHarmlessAlone(page) {
  const addresses = await page
    .locator("[src], [href]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("src") ?? each.getAttribute("href")));
  for (const address of new Set(addresses.filter((each) => /^(?:blob|data):/.test(each ?? "")))) {
    const alone = await page.context().newPage();
    // A film or a file is a download then.
    await alone.goto(address).catch(() => {});
    await alone.close();
  }
  expect(await page.evaluate(() => localStorage.getItem("ran"))).toBe(null);
  const types = await page.evaluate(() => Reflect.get(globalThis, "addressTypes"));
  expect(types.filter((type) => /xml|html|svg|pdf/.test(type))).toEqual([]);
}

for (const policy of [true, false]) {
  const words = policy ? "under the page's policy" : "by the page alone";

  test(`scripts in files and markup in names and lines never run, ${words}`, async ({ page }) => {
    const link = `\u001b]8;;javascript:${CALL}\u0007link\u001b]8;;\u0007`;
    const logs = [MARKUP, "got prompt", link, `\u001b[31mred ${MARKUP}`];
    const site = await startScriptedPage(() => ({ logs, outputs: OUTPUTS }), { policy });
    try {
      const frames = [];
      page.on("frameattached", (frame) => frames.push(frame.url()));
      page.on("popup", () => frames.push("a window"));
      await run(page, site.url);
      await runState(page, "done");
      const title = "Open, inspect and run ComfyUI workflows – viewcomfy-wasm";
      await expect(page.locator("#outputs figure")).toHaveCount(OUTPUTS.length);
      await expect(page.locator("#outputs .file-name").filter({ hasText: MARKUP })).toHaveCount(1);
      await page.getByText("Log", { exact: true }).click();
      await expect(page.getByRole("log")).toContainText(MARKUP);
      await page.getByRole("button", { name: /^Enlarge drawing\.svg/ }).click();
      await expect(page.getByRole("dialog").getByRole("img")).toBeVisible();
      await expectHarmlessAlone(page);
      await page.keyboard.press("Escape");
      // What cannot be saved is offered as a link, where it is one of the web.
      await page.getByRole("button", { name: "Save link.bin" }).click();
      await expect(page.getByText(/^It cannot be fetched from here/)).toBeVisible();
      await expect(page.locator(".output-note a")).toHaveAttribute("rel", "noopener noreferrer");
      // Earlier runs show them again, from what is kept.
      await expect(page.locator("#earlier").getByRole("listitem")).toHaveCount(1);
      await expect(page.locator(SMUGGLED)).toHaveCount(0);
      expect(await page.locator("#outputs svg script, #outputs .text-output > *").count()).toBe(0);
      // An address of the page's own making is only ever a picture or a film, never a document.
      expect(await page.locator("[href^='blob:']").count()).toBe(0);
      await expect(page).toHaveTitle(title);
      expect(frames).toEqual([]);
    } finally {
      await site.close();
    }
  });
}

test("a drawing opened by itself is not a document of the page's, wherever it is shown", async ({ page }) => {
  const site = await startScriptedPage(() => ({ outputs: [OUTPUTS[0]] }), { policy: false });
  try {
    await run(page, site.url);
    await runState(page, "done");
    await runButton(page).click();
    await expect(page.locator("#earlier").getByRole("listitem")).toHaveCount(2);
    for (const box of await page.locator("#earlier").getByRole("checkbox").all()) await box.check();
    for (const [name, pictures] of [
      ["Compare", 2],
      ["Side by side", 2],
    ]) {
      await page.locator("#earlier").getByRole("button", { name, exact: true }).click();
      await expect(page.getByRole("dialog").locator("img[src^='data:']")).toHaveCount(pictures);
      await expectHarmlessAlone(page);
      await page.keyboard.press("Escape");
    }
    const metadata = `<metadata><![CDATA[{"prompt":${exampleText("text-to-image")}}]]></metadata>`;
    const bytes = SVG.replace("<script>", `${metadata}<script>`);
    await drop(page, { name: "graph.svg", type: "image/svg+xml", bytes });
    await page.getByRole("button", { name: /^The opened picture, graph\.svg/ }).waitFor();
    await expect(page.locator(".head-picture img[src^='data:']")).toHaveCount(1);
    await expectHarmlessAlone(page);
  } finally {
    await site.close();
  }
});

test("a preview that is a drawing is shown, and is not a document of the page's", async ({ page }) => {
  const site = await startScriptedPage(() => ({ previews: [OUTPUTS[0]], hold: true }), { policy: false });
  try {
    await run(page, site.url);
    await expect(page.getByRole("img", { name: /^Preview of/ })).toHaveAttribute("src", /^data:image\/svg/);
    await expectHarmlessAlone(page);
  } finally {
    await site.close();
  }
});

for (const [name, answer, code] of [
  [
    "a refusal",
    {
      status: 400,
      refusal: {
        error: {
          type: MARKUP,
          message: MARKUP,
          details: MARKUP,
          extra_info: {},
        },
        node_errors: {
          3: {
            class_type: MARKUP,
            dependent_outputs: [],
            errors: [
              {
                type: "value_not_in_list",
                message: MARKUP,
                details: MARKUP,
                extra_info: { input_name: "seed" },
              },
            ],
          },
          // The form has no such field.
          99: {
            class_type: MARKUP,
            dependent_outputs: [],
            errors: [{ type: "required_input_missing", message: MARKUP, details: MARKUP, extra_info: {} }],
          },
        },
      },
    },
    "validation_failed",
  ],
  ["a refusal in words", { status: 500, refusal: { detail: MARKUP } }, "http_status"],
  [
    "a failed run",
    { logs: [`Error ${MARKUP}`], more: { status: "error", completed: false, error_data: MARKUP } },
    "execution_failed",
  ],
]) {
  test(`${name} with markup in its words is shown as these words`, async ({ page }) => {
    const site = await startScriptedPage(() => answer, { policy: false });
    try {
      await run(page, site.url);
      await runState(page, "failed");
      const card = page.locator("#failure .failure");
      await expect(card).toHaveAttribute("data-code", code);
      await expect(card).toContainText("<img class=");
      await expect(page.locator(SMUGGLED)).toHaveCount(0);
      expect(await page.evaluate(() => localStorage.getItem("ran"))).toBe(null);
    } finally {
      await site.close();
    }
  });
}
