// The page's policy by itself: even if markup of a stranger got into the page, no script in it would run.

import { expect, test } from "@playwright/test";

import { startScriptedPage } from "../support/scripted-page.js";

/** In which ways markup is let in, and by which part of the policy each is stopped. */
const WAYS = {
  "inline script": "script-src-elem inline",
  "event handler": "script-src-attr inline",
  "javascript: link": "script-src-elem inline",
  "script of a file": "script-src-elem blob",
  "text as a script": "script-src eval",
  "frame of a file": "frame-src blob",
  "object of a file": "object-src blob",
  "form of its own": "form-action /sent?",
  "other base": "base-uri https://elsewhere.test/",
  "style of its own": "style-src-attr inline",
};

/** In the page: lets markup in, in each way, and notes the ways in which it had its effect, and what was stopped. */
async function letIn() {
  const ran = new Set();
  const stopped = new Set();
  Object.assign(globalThis, { ran, stopped });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    stopped.add(`${effectiveDirective} ${blockedURI.replace(location.origin, "")}`);
  });
  const call = (way) => `top.ran.add(${JSON.stringify(way)})`;
  const place = document.body.appendChild(document.createElement("div"));
  const add = (markup) => place.insertAdjacentHTML("beforeend", markup);
  const file = (text, type) => URL.createObjectURL(new Blob([text], { type }));
  const pageOf = (way) => file(`<script>${call(way)}</script>`, "text/html");
  const script = place.appendChild(document.createElement("script"));
  script.textContent = call("inline script");
  place.appendChild(document.createElement("script")).src = file(call("script of a file"), "text/javascript");
  add(`<img src="data:,x" onerror='${call("event handler")}'>`);
  add(`<a href='javascript:${call("javascript: link")}'>press</a>`);
  place.querySelector("a").click();
  setTimeout(call("text as a script"));
  add(`<iframe src="${pageOf("frame of a file")}"></iframe>`);
  add(`<object data="${pageOf("object of a file")}"></object>`);
  add('<iframe name="target"></iframe><form action="/sent" target="target"></form>');
  const target = place.querySelector("iframe[name]");
  target.addEventListener("load", () => {
    if (target.contentWindow.location.pathname === "/sent") ran.add("form of its own");
  });
  place.querySelector("form").submit();
  add('<p style="color: rgb(1, 2, 3)">styled</p>');
  if (getComputedStyle(place.querySelector("p")).color === "rgb(1, 2, 3)") ran.add("style of its own");
  add('<base href="https://elsewhere.test/">');
  if (document.baseURI.startsWith("https://elsewhere.test/")) ran.add("other base");
}

test("what the policy stops, in whichever way it comes", async ({ page }) => {
  const site = await startScriptedPage(() => ({}));
  try {
    await page.goto(site.url);
    await page.evaluate(letIn);
    const stopped = () => page.evaluate(() => [...Reflect.get(globalThis, "stopped")].sort());
    await expect.poll(stopped).toEqual([...new Set(Object.values(WAYS))].sort());
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
    await expect.poll(ran).toEqual(Object.keys(WAYS).sort());
  } finally {
    await site.close();
  }
});
