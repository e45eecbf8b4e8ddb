// The page's policy by itself: even if markup of a stranger got into the page, no script in it would run.

import { expect, test } from "@playwright/test";

import { startScriptedPage } from "../support/scripted-page.js";

const WAYS = ["inline script", "event handler", "javascript: link", "frame of a file", "object of a file"];

/** In the page: lets markup in, in each way, and gives the ways in which a script of it ran. */
async function letIn() {
  const ran = new Set();
  Object.assign(globalThis, { ran });
  const call = (way) => `top.ran.add(${JSON.stringify(way)})`;
  const place = document.body.appendChild(document.createElement("div"));
  const script = place.appendChild(document.createElement("script"));
  script.textContent = call("inline script");
  place.insertAdjacentHTML("beforeend", `<img src="data:,x" onerror='${call("event handler")}'>`);
  place.insertAdjacentHTML("beforeend", `<a href='javascript:${call("javascript: link")}'>press</a>`);
  place.querySelector("a").click();
  const file = (way) =>
    URL.createObjectURL(new Blob([`<script>${call(way)}</script>`], { type: "text/html" }));
  place.insertAdjacentHTML("beforeend", `<iframe src="${file("frame of a file")}"></iframe>`);
  place.insertAdjacentHTML("beforeend", `<object data="${file("object of a file")}"></object>`);
}

test("what the policy stops, in whichever way it comes", async ({ page }) => {
  const site = await startScriptedPage(() => ({}));
  const stopped = [];
  page.on("console", (message) => stopped.push(message.text()));
  try {
    await page.goto(site.url);
    await page.evaluate(letIn);
    // Each way is told by the browser when it is stopped.
    const told = () => stopped.filter((text) => text.includes("Content Security Policy")).length;
    await expect.poll(told).toBeGreaterThanOrEqual(WAYS.length);
    expect(await page.evaluate(() => [...Reflect.get(globalThis, "ran")])).toEqual([]);
  } finally {
    await site.close();
  }
});

test("without the policy, all of them run: the test above can fail", async ({ page }) => {
  const site = await startScriptedPage(() => ({}), { policy: false });
  try {
    await page.goto(site.url);
    await page.evaluate(letIn);
    const ran = () => page.evaluate(() => [...Reflect.get(globalThis, "ran")].sort());
    await expect.poll(ran).toEqual([...WAYS].sort());
  } finally {
    await site.close();
  }
});
