// Playwright's test with a page of the tags: a bare page with a strict policy, the built package, workflows, and a route
// to the endpoint.

import { readFile } from "node:fs/promises";

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { test as base, expect } from "./api-page.js";
import { forgetRequests } from "./requests.js";
import { serve } from "./serve.js";

export { expect };

const root = new URL("../../", import.meta.url);
const TYPES = {
  css: "text/css",
  js: "text/javascript",
  json: "application/json",
  png: "image/png",
  wasm: "application/wasm",
};
/** No inline styles or scripts, nothing from other hosts; pictures are those of a run. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; media-src blob:; require-trusted-types-for 'script'";
/** The address of the deployed workflow for the page. */
export const WORKFLOW = "/fixtures/workflows/small_picture.json";
export const KEYS = { seed: "3-inputs-seed", text: "6-inputs-text", cfg: "3-inputs-cfg" };
export const APP = `<viewcomfy-app src="${WORKFLOW}" endpoint="/api/viewcomfy"></viewcomfy-app>`;

/** The page's first script: it records errors, in every engine. */
const COMPLAINTS = `
  globalThis.complaints = [];
  const complain = (what) => complaints.push(String(what));
  addEventListener("error", ({ message }) => message && complain(message));
  addEventListener("unhandledrejection", ({ reason }) => complain(reason));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complain(violatedDirective + " " + blockedURI));
`;

/** @param {string} body @param {string} attributes of the root */
const documentOf = (body, attributes) =>
  `<!doctype html><html lang="en"${attributes}><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>tags</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"><script src="/complaints.js"></script><script type="module" src="/pkg/element.js"></script><main><h1>Tags</h1><h2>Here</h2>${body}</main></html>`;

/** Serves `/` with this body, `/pkg/`, `/fixtures/`, and the paths of `routes`. */
function startSite(endpoint, body, { attributes = "", css = "", routes = {}, policy = POLICY }) {
  const options = { clientId: "local-id", clientSecret: "local-secret" };
  return serve(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "", "http://site");
    if (routes[pathname]) return routes[pathname](request, response);
    if (pathname === "/api/viewcomfy") {
      return toNodeListener(createProxy({ ...options, endpoint: `${endpoint}/infer${search}` }))(
        request,
        response,
      );
    }
    const headers = { ...(policy && { "content-security-policy": policy }) };
    if (pathname === "/") {
      return response
        .writeHead(200, { ...headers, "content-type": "text/html" })
        .end(documentOf(body, attributes));
    }
    if (pathname === "/complaints.js") {
      return response.writeHead(200, { "content-type": "text/javascript" }).end(COMPLAINTS);
    }
    if (pathname === "/page.css") return response.writeHead(200, { "content-type": "text/css" }).end(css);
    const path = pathname.replace(/^\/fixtures\//, "/tests/fixtures/");
    const content = await readFile(new URL(`.${path}`, root)).catch(() => null);
    if (content === null || path.includes("..")) return response.writeHead(404).end();
    const type = TYPES[path.split(".").at(-1)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(content);
  });
}

export const test = base.extend({
  /**
   * Opens a page with this body and waits until its tags are defined: `open(body, { endpoint, attributes, css, routes, policy, expected })`.
   * Any error of the page fails the test, unless it is among `expected`.
   */
  open: async ({ page, endpoint, held }, use) => {
    const complaints = [];
    const sites = [];
    let expected = /^$/;
    // WebKitGTK's driver does not expose the console.
    page.on?.("pageerror", (error) => complaints.push(String(error)));
    page.on?.("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    for (const { url } of [endpoint, held]) await forgetRequests(url);
    await use(async (body, options = {}) => {
      expected = options.expected ?? expected;
      const site = await startSite((options.endpoint ?? endpoint).url, body, options);
      sites.push(site);
      await page.goto(site.url);
      return site;
    });
    complaints.push(...(await page.evaluate(() => globalThis.complaints)));
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
    await Promise.all(sites.map((site) => site.close()));
  },
});

/** Waits until the tag's run has this state. */
export function status(page, expected, selector = "viewcomfy-app") {
  return expect.poll(() => page.locator(selector).evaluate((app) => app.status)).toBe(expected);
}

/** The selector of the tag's field with this label, once it exists. */
export async function fieldOf(page, label) {
  let id = null;
  await expect.poll(async () => (id = await page.evaluate(idOfField, label))).not.toBe(null);
  return `#${id}`;
}

function idOfField(label) {
  const tag = document.querySelector("viewcomfy-app");
  const labels = [...(tag?.shadowRoot?.querySelectorAll("label[for]") ?? [])];
  return labels.find(({ textContent }) => textContent === label)?.htmlFor ?? null;
}
