// The check of large outputs itself: it agrees with the endpoint, and finds a single byte that is wrong.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startEndpoint } from "../support/endpoint.js";
import { BLOCK, checkFile } from "../support/large-content.js";

const SIZES = [0, 1, 5, 23, 24, 25, 100, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 1001];

let endpoint;
before(async () => {
  endpoint = await startEndpoint();
});
after(() => endpoint.close());

async function outputs(bytes) {
  const form = new FormData();
  form.set("params", "{}");
  const response = await fetch(`${endpoint.url}/large?outputs=2&bytes=${bytes}`, {
    method: "POST",
    body: form,
  });
  const result = await response.json();
  return result.outputs.map(({ data }) => Buffer.from(data, "base64"));
}

test("every size is what the endpoint sends, and no output is taken for another", async () => {
  for (const size of SIZES) {
    const [first, second] = await outputs(size);
    assert.equal(await checkFile(new Blob([first]), 0, size), size);
    assert.equal(await checkFile(new Blob([second]), 1, size), size);
    if (size > 0) await assert.rejects(checkFile(new Blob([second]), 0, size), /differs at byte 0 /);
  }
});

test("one wrong byte anywhere is found, with its offset", async () => {
  for (const size of SIZES.filter((each) => each > 0)) {
    const [content] = await outputs(size);
    for (const at of new Set([0, size >> 1, size - 1])) {
      const wrong = Buffer.from(content);
      wrong[at] ^= 1;
      await assert.rejects(
        checkFile(new Blob([wrong]), 0, size),
        new RegExp(`differs at byte ${at} of ${size}`),
      );
    }
  }
});

test("a byte too few or too many is found", async () => {
  for (const size of SIZES.filter((each) => each > 0)) {
    const [content] = await outputs(size);
    const short = new Blob([content.subarray(0, size - 1)]);
    await assert.rejects(checkFile(short, 0, size), new RegExp(`ends at byte ${size - 1} of ${size}`));
    await assert.rejects(
      checkFile(new Blob([content, "x"]), 0, size),
      new RegExp(`differs at byte ${size} of`),
    );
  }
});
