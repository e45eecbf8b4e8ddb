// The guide "Outputs".

import assert from "node:assert/strict";
import { test } from "node:test";
import { createProxy, fromEnv } from "../../../pkg/proxy.js";
import { openGuide } from "../../support/guide.js";
import { lastRequest } from "../../support/requests.js";

const guide = openGuide("outputs");

test("files are shown, saved, limited and made again", async () => {
  await guide.run();
  const said = guide.said.join("\n");
  assert.match(said, /^lighthouse_\d+_\.png image\/png \d+ a file$/m);
  assert.match(said, /^more than 1000 bytes$/m);
  assert.match(guide.page.elements.img.src, /^blob:/);
  const [{ href, download }] = guide.page.saved;
  assert.match(href, /^blob:/);
  assert.match(download, /\.png$/);
  const again = await lastRequest(guide.endpoint);
  assert.match(again.workflow_api, /KSampler/, "the workflow as it ran is sent again");
});

test("links are fetched through the route", async () => {
  const host = new URL(guide.endpoint).host;
  const options = {
    ...fromEnv(process.env),
    endpoint: `${guide.endpoint}/infer?fault=link_output`,
    linkHosts: [host],
  };
  const asked = [];
  const proxy = createProxy(options);
  guide.routes.set("/api/viewcomfy", (request) => {
    asked.push(request.method);
    return proxy(request);
  });
  await guide.run();
  assert.match(guide.said[0], /a link: http/);
  assert.ok(asked.includes("GET"), "a link was asked for at the route");
  assert.ok(
    guide.said.some((line) => Number(line) > 1_000),
    "its content came",
  );
});

guide.lastTest();
