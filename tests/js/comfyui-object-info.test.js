// The definitions of a ComfyUI server through the route in front of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startRoute } from "../support/comfy-route.js";
import { startComfy } from "../support/comfyui.js";
import { closedAddress } from "../support/serve.js";

let comfy;

before(async () => {
  comfy = await startComfy();
});
after(() => comfy.close());

test("are those of the first server that answers, byte for byte, and not kept by a browser", async () => {
  const { url, endpoint, close } = await startRoute({ servers: [await closedAddress(), comfy.url] });
  try {
    const answer = await fetch(`${endpoint}?object_info`);
    assert.equal(answer.status, 200, url);
    assert.match(answer.headers.get("content-type"), /^application\/json\b/);
    assert.equal(answer.headers.get("cache-control"), "no-store, no-transform");
    assert.deepEqual(await answer.text(), await (await fetch(`${comfy.url}/object_info`)).text());
  } finally {
    await close();
  }
});

test("are refused where no server answers", async () => {
  const { endpoint, close } = await startRoute({ servers: [await closedAddress()] });
  try {
    const answer = await fetch(`${endpoint}?object_info`);
    assert.deepEqual([answer.status, (await answer.json()).errorType], [502, "unreachable"]);
  } finally {
    await close();
  }
});
