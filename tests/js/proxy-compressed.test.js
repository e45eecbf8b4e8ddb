// A stream through the proxy arrives line by line where the app's server compresses its answers: Express' own middleware.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import compression from "compression";

import { createProxy } from "../../pkg/proxy.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { bodyText, CREDENTIALS, formOf } from "../support/proxy.js";
import { serve } from "../support/serve.js";

const PATIENCE = { timeout: 30_000 };
const LINES = 5;
let upstream;
let app;
/** Lets the deployment send its next line. */
let next = () => {};

before(async () => {
  upstream = await serve(async (request, response) => {
    await bodyText(request);
    response.writeHead(201, { "content-type": "text/event-stream" }).flushHeaders();
    for (let line = 0; line < LINES; line += 1) {
      response.write(`data: ${line}\n\n`);
      await new Promise((resolve) => (next = () => resolve(undefined)));
    }
    response.end();
  });
  const proxy = toNodeListener(createProxy({ ...CREDENTIALS, endpoint: upstream.url }));
  const compress = compression({ threshold: 0 });
  app = await serve((request, response) =>
    compress(/** @type {any} */ (request), /** @type {any} */ (response), () => {
      if (request.url === "/api") return proxy(request, response);
      response.writeHead(200, { "content-type": "text/plain" }).end("text ".repeat(1000));
    }),
  );
});
after(() => Promise.all([app.close(), upstream.close()]));

test("the middleware is at work", PATIENCE, async () => {
  const { headers } = await fetch(app.url);
  assert.equal(headers.get("content-encoding"), "gzip");
});

test("each line arrives before the next is sent", PATIENCE, async () => {
  const { headers, body } = await fetch(`${app.url}/api`, { method: "POST", body: formOf() });
  assert.equal(headers.get("cache-control"), "no-store, no-transform");
  assert.equal(headers.get("content-encoding"), null);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let line = 0; line < LINES; line += 1) {
    assert.equal((await reader.read()).value, `data: ${line}\n\n`);
    next();
  }
  assert.equal((await reader.read()).done, true);
});
