// Runs through a proxy and checks that the answer streams: the log is heard while the endpoint withholds the result.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { installedDirectory } from "../../../scripts/packaging.js";
import { PATIENCE } from "../../support/patience.js";
import { hold, release } from "../../support/requests.js";
import { checkReceived } from "./checks.js";
import { ROUTE } from "./site.js";

const SECRET = "local-secret";

/** @param {string} url the server's address @param {string} endpoint the endpoint's */
export async function checkProxy(url, endpoint) {
  const file = join(installedDirectory, "node_modules", "viewcomfy-wasm", "node.js");
  const { default: init, ViewComfyClient } = await import(pathToFileURL(file).href);
  await init();
  const client = new ViewComfyClient({ endpoint: `${url}${ROUTE}` });
  const workflow = readFileSync(new URL("../../fixtures/workflows/small_picture.json", import.meta.url));
  const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
  // A proxy that waits for the end of the run waits until the test's patience is over.
  const signal = AbortSignal.timeout(PATIENCE.timeout);
  let result;
  await hold(endpoint);
  try {
    for await (const event of client.stream({ workflow, params, signal })) {
      if (event.type === "log") await release(endpoint);
      if (event.type === "result") result = event.result;
    }
  } finally {
    await release(endpoint);
  }
  assert.ok((await result.outputs[0].blob()).size > 100);
  await checkReceived(endpoint);
  await checkRefusal(`${url}${ROUTE}`);
}

/** What is outside the protocol does not reach the deployment, and the answer has no secret in it. */
async function checkRefusal(address) {
  const body = new FormData();
  body.set("something", "else");
  const refused = await fetch(address, { method: "POST", body });
  const text = await refused.text();
  assert.equal(refused.status, 400, text);
  const headers = [...refused.headers].flat().join("\n");
  assert.ok(!`${headers}${text}`.includes(SECRET));
}
