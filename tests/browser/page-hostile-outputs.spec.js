// Outputs of strangers: files with scripts and names with markup are shown as what they are, and run nothing.

import { expect, test } from "@playwright/test";

import { output, startScriptedPage } from "../support/scripted-page.js";
import { runButton, runState } from "./page-driver.js";

const CALL = "parent.document.title='run'; top.document.title='run'";
const MARKUP = `<img class="smuggled" src=x onerror="${CALL}">`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="${CALL}">
  <script>${CALL}</script><a href="javascript:${CALL}"><rect width="40" height="40"/></a>
  <foreignObject width="40" height="40"><body xmlns="http://www.w3.org/1999/xhtml"><iframe class="smuggled" src="javascript:${CALL}"></iframe></body></foreignObject>
</svg>`;
const HTML = `<!doctype html><body onload="${CALL}"><script>${CALL}</script>`;

test("scripts in files and markup in names and lines never run", async ({ page }) => {
  const site = await startScriptedPage(() => ({
    logs: [MARKUP, "got prompt", `\u001b]8;;javascript:${CALL}\u0007link\u001b]8;;\u0007`],
    outputs: [
      output("drawing.svg", "image/svg+xml", SVG),
      output("page.html", "text/html", HTML),
      output(MARKUP, "text/plain", MARKUP),
      { filename: "link.png", content_type: "image/png", filepath: `javascript:${CALL}`, size: 3 },
    ],
  }));
  try {
    const frames = [];
    page.on("frameattached", (frame) => frames.push(frame.url()));
    page.on("popup", () => frames.push("a window"));
    await page.goto(site.url);
    const title = await page.title();
    await page.getByRole("button", { name: /Text to image/ }).click();
    await page.locator("body[data-inspected]").waitFor();
    await runButton(page).click();
    await runState(page, "done");
    await expect(page.locator("#outputs figure")).toHaveCount(4);
    await expect(page.locator("#outputs .file-name").nth(2)).toHaveText(MARKUP);
    await page.getByText("Log", { exact: true }).click();
    await expect(page.getByRole("log")).toContainText(MARKUP);
    await page.getByRole("button", { name: /^Enlarge drawing\.svg/ }).click();
    await expect(page.getByRole("dialog").getByRole("img")).toBeVisible();
    await page.keyboard.press("Escape");
    // Earlier runs show them again, from what is kept.
    await expect(page.locator("#earlier").getByRole("listitem")).toHaveCount(1);
    const smuggled = page.locator(
      ".smuggled, iframe, object, embed, a[href^='javascript'], [src^='javascript']",
    );
    await expect(smuggled).toHaveCount(0);
    expect(await page.locator("#outputs svg script, #outputs .text-output > *").count()).toBe(0);
    // An address of the page's own making is only ever a picture, never a document.
    const addresses = await page.locator("[href^='blob:']").count();
    expect(addresses).toBe(0);
    await expect(page).toHaveTitle(title);
    expect(frames).toEqual([]);
  } finally {
    await site.close();
  }
});
