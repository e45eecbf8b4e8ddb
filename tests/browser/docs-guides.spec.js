// The guides' examples that need a real page: React's components, a mask drawn on a canvas, a page with a policy.

import { blocksOf, codeOf } from "../support/guide-blocks.js";
import { expect, test } from "../support/guide-in-browser.js";
import { IN_BROWSER } from "../support/guide-not-run.js";
import { forgetRequests, requestArrived, requests, settledRequest } from "../support/requests.js";

test.beforeEach(({ endpoint }) => forgetRequests(endpoint.url));

const FOX = `
  import { StrictMode } from "react";
  import { createRoot } from "react-dom/client";
  import { Fox } from "./fox.jsx";
  createRoot(document.querySelector("main")).render(<StrictMode><Fox /></StrictMode>);`;
const openFox = (open, fault) => open({ guide: "react", main: FOX, body: "<main></main>", fault });

test("React: the component runs and shows its picture", async ({ page, open, endpoint }) => {
  await openFox(open);
  await page.getByLabel("Prompt").fill("a blue fox");
  await page.getByRole("button", { name: "Run" }).click();
  const picture = page.getByRole("img");
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
  await expect(page.locator("pre")).toContainText("Prompt executed");
  const sent = await requests(endpoint.url);
  expect(sent).toHaveLength(1);
  expect(sent[0].params).toMatch(/"6-inputs-text":"a blue fox","3-inputs-seed":\d+/);
});

test("React: cancel ends the run", async ({ page, open, endpoint }) => {
  // An answer that begins and never goes on: the run lasts until somebody ends it.
  await openFox(open, "silent");
  await page.getByRole("button", { name: "Run" }).click();
  await requestArrived(endpoint.url);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Run" })).toBeEnabled();
  expect((await settledRequest(endpoint.url)).state).toBe("cancelled");
  expect(await requests(endpoint.url)).toHaveLength(1);
});

test("parameters: the mask is the picture, transparent where it was painted", async ({ page, open }) => {
  const main = `import { maskOf } from "./mask.js"; globalThis.maskOf = maskOf;`;
  await open({ guide: "parameters", main, body: "" });
  const { type, size, inside, outside } = await page.evaluate(async () => {
    const drawn = new OffscreenCanvas(40, 30);
    const brush = drawn.getContext("2d", { willReadFrequently: true });
    brush.fillStyle = "rgb(200, 100, 50)";
    brush.fillRect(0, 0, 40, 30);
    const mask = await globalThis.maskOf(await drawn.convertToBlob(), [{ x: 10, y: 10, radius: 5 }]);
    const bitmap = await createImageBitmap(mask);
    brush.clearRect(0, 0, 40, 30);
    brush.drawImage(bitmap, 0, 0);
    const pixel = (x, y) => [...brush.getImageData(x, y, 1, 1).data];
    return {
      type: mask.type,
      size: [bitmap.width, bitmap.height],
      inside: pixel(10, 10),
      outside: pixel(30, 20),
    };
  });
  expect({ type, size }).toEqual({ type: "image/png", size: [40, 30] });
  expect(inside[3]).toBe(0);
  expect(outside).toEqual([200, 100, 50, 255]);
});

test("loading: the first run works under the policy of the guide", async ({ page, open, endpoint }) => {
  const [, policy] = /Content-Security-Policy: (.+)/.exec(
    blocksOf("loading").find(({ lang }) => lang === "txt").code,
  );
  const [program] = blocksOf("getting-started").filter(({ lang, file }) => lang === "js" && file === null);
  await open({
    guide: "getting-started",
    main: codeOf(program),
    body: '<progress max="100"></progress><img alt="">',
    headers: { "content-security-policy": `default-src 'none'; ${policy}` },
  });
  await expect(page.locator("img")).toHaveAttribute("src", /^blob:/);
  expect(
    await page.locator("img").evaluate((image) => image.decode().then(() => image.naturalWidth)),
  ).toBeGreaterThan(0);
  expect((await settledRequest(endpoint.url)).state).toBe("finished");
});

test("tags: a program gives values and hears results, in its own words", async ({ page, open, endpoint }) => {
  await open({
    guide: "element",
    main: 'import "./app.js";\nimport "./german.js";',
    body: '<viewcomfy-app src="/workflow_api.json" endpoint="/api/viewcomfy"></viewcomfy-app>',
  });
  await page.getByRole("button", { name: "Los" }).click();
  await expect(page.getByRole("img", { name: /^Output / })).toBeVisible();
  expect((await settledRequest(endpoint.url)).params).toContain('"6-inputs-text":"a red fox"');
});

for (const version of [18, 19]) {
  test(`tags: React's component, as for React ${version}`, async ({ page, open, endpoint }) => {
    await open({
      guide: "element",
      main: `
        import { StrictMode } from "react";
        import { createRoot } from "react-dom/client";
        import { App } from "./app-${version}.jsx";
        const workflow = await (await fetch("/workflow_api.json")).text();
        const onResult = ({ outputs }) => (document.title = "outputs: " + outputs.length);
        createRoot(document.querySelector("main")).render(
          <StrictMode><App workflow={workflow} onResult={onResult} /></StrictMode>,
        );`,
      body: "<main></main>",
    });
    await page.getByRole("button", { name: "Run" }).click();
    await expect(page).toHaveTitle("outputs: 1");
    expect(await requests(endpoint.url)).toHaveLength(1);
  });
}

test("every example that is said to run here does", () => {
  const tags = ["app.js", "german.js", "app-18.jsx", "app-19.jsx"].map((name) => `element: ${name}`);
  const used = ["parameters: mask.js", ...tags, ...blocksOf("react").map(({ name }) => `react: ${name}`)];
  expect(IN_BROWSER.toSorted()).toEqual(used.toSorted());
});
