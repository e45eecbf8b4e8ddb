// A page with a real Content-Security-Policy: one that forbids wasm is told what it needs, and with that the wasm loads.

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { serve } from "../support/serve.js";

const PKG = new URL("../../pkg/", import.meta.url);
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

/** The package and an empty page, both with this policy. */
function serveWith(policy) {
  return serve(async (request, response) => {
    const [, name] = /^\/pkg\/([\w.]+)$/.exec(request.url ?? "") ?? [];
    const type = name ? TYPES[name.split(".").at(-1)] : "text/html";
    const body = name ? await readFile(new URL(name, PKG)) : "<!doctype html><title>empty</title>";
    response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(body);
  });
}

/** In the page: what `init` of an entry comes to. */
async function load(entry) {
  const { default: init } = await import(entry);
  return init().then(
    () => "loaded",
    ({ code, message, cause }) => ({ code, message, cause: cause instanceof Error }),
  );
}

for (const entry of ["/pkg/index.js", "/pkg/inspect.js", "/pkg/inline.js"]) {
  test(`${entry} says what the policy needs, and loads with it`, async ({ page }) => {
    for (const [policy, expected] of [
      [
        "script-src 'self'",
        { code: "not_initialised", message: expect.stringContaining("'wasm-unsafe-eval'"), cause: true },
      ],
      ["script-src 'self' 'wasm-unsafe-eval'", "loaded"],
    ]) {
      const server = await serveWith(policy);
      try {
        await page.goto(server.url);
        expect(await page.evaluate(load, entry)).toEqual(expected);
      } finally {
        await server.close();
      }
    }
  });
}

test("a wasm that is not there is not blamed on the policy", async ({ page }) => {
  const server = await serveWith("script-src 'self' 'wasm-unsafe-eval'");
  try {
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(server.url);
    expect(await page.evaluate(load, "/pkg/index.js")).toMatchObject({
      code: "not_initialised",
      message: expect.stringContaining("served next to the package"),
    });
  } finally {
    await server.close();
  }
});
