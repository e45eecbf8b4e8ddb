// Another site's page cannot lay the demo under its own buttons: neither the endpoint nor `npm start` lets it be framed.

import { expect } from "@playwright/test";

import { test } from "../support/deployment-page.js";
import { startEndpoint } from "../support/endpoint.js";
import { serve } from "../support/serve.js";

/** Opens a page of another origin with the address in a frame, and gives what the frame shows. */
async function framed(page, address) {
  const around = await serve((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(`<iframe src="${address}"></iframe>`),
  );
  try {
    await page.goto(around.url);
    const [, frame] = page.frames();
    return { url: frame.url(), text: await frame.locator("body").innerText() };
  } finally {
    await around.close();
  }
}

test("a page that allows it is shown in the frame", async ({ page }) => {
  const open = await serve((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<p>shown</p>"),
  );
  try {
    expect(await framed(page, `${open.url}/`)).toEqual({ url: `${open.url}/`, text: "shown" });
  } finally {
    await open.close();
  }
});

test("the endpoint's pages are not", async ({ page }) => {
  const endpoint = await startEndpoint();
  try {
    for (const path of ["/", "/pkg/index.js", "/no-such-page"])
      expect((await framed(page, `${endpoint.url}${path}`)).url, path).toBe("chrome-error://chromewebdata/");
  } finally {
    await endpoint.close();
  }
});

test("nor those of npm start in front of a deployment", async ({ page, start }) => {
  const { demo } = await start();
  for (const path of ["/", "/pkg/index.js", "/no-such-page"])
    expect((await framed(page, `${demo.url}${path}`)).url, path).toBe("chrome-error://chromewebdata/");
});
