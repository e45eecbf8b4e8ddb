// Large results in a browser: whole to the last byte, in little wasm memory, and typed errors where there is no room.

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import { test as base, expect } from "../support/api-page.js";

const MB = 1024 * 1024;
const MAX_WASM = 8 * MB;

const test = base.extend({
  apiPage: async ({ apiPage }, use) => {
    await apiPage.evaluate(watchWasmMemory);
    await use(apiPage);
  },
});

// Memory is what these need, and the machine has it once.
test.describe.configure({ mode: "default" });

/** Runs in the page; `plain` is for bodies that fill no buffer of the reader's. */
async function receive({ plain, ...options }) {
  const { plainFetch, receive } = await import("/tests-support/large-runs.js");
  return receive({ ...options, ...(plain && { fetch: plainFetch() }) });
}

/** How a body that comes from the network is read. WebKit's fills no buffer of the reader's. */
const READER = { chromium: "byob", firefox: "byob", webkit: "default" };

for (const way of ["infer", "inferWithLogs", "stream"]) {
  for (const plain of [false, true]) {
    const body = plain ? "a body of plain chunks" : "the browser's own body";
    test(`${way} receives 64 MB through ${body}`, async ({ apiPage, browserName }) => {
      const reader = plain ? "default" : READER[browserName];
      const got = await apiPage.evaluate(receive, { way, plain, bytes: 64 * MB });
      expect(got).toMatchObject({ outputs: 1, checked: 64 * MB, reader, streamed: 0 });
      expect(got.wasmBytes).toBeLessThanOrEqual(MAX_WASM);
    });
  }
}

test("320 MB, the last of them through streams, need no more wasm memory than 1 MB", async ({
  apiPage,
  browserName,
}) => {
  const reader = READER[browserName];
  const small = await apiPage.evaluate(receive, { bytes: MB });
  expect(small).toMatchObject({ checked: MB, reader, streamed: 0 });
  const large = await apiPage.evaluate(receive, { bytes: 320 * MB });
  expect(large).toMatchObject({ outputs: 1, checked: 320 * MB, reader, streamed: 1 });
  expect(large.wasmBytes).toBe(small.wasmBytes);
  expect(large.wasmBytes).toBeGreaterThan(0);
  expect(large.wasmBytes).toBeLessThanOrEqual(MAX_WASM);
});

test("a stream ends after 64 MB and another one goes on, with every byte in its place", async ({
  apiPage,
}) => {
  const got = await apiPage.evaluate(receive, { bytes: 448 * MB });
  expect(got).toMatchObject({ outputs: 1, checked: 448 * MB, streamed: 3 });
});

test("five outputs of 64 MB", async ({ apiPage }) => {
  const got = await apiPage.evaluate(receive, { way: "infer", plain: true, outputs: 5, bytes: 64 * MB });
  expect(got).toMatchObject({ outputs: 5, checked: 320 * MB, reader: "default", streamed: 1 });
  expect(got.wasmBytes).toBeLessThanOrEqual(MAX_WASM);
});

/** How each browser calls a request that a page gave up. WebKitGTK tells its driver nothing of requests. */
const GIVEN_UP = { chromium: "net::ERR_ABORTED", firefox: "NS_BINDING_ABORTED", webkit: undefined };

/** Waits, where the browser tells it, for a request of a large answer to have been given up. */
function givenUp(page, browserName) {
  if (browserName === "webkit") return undefined;
  const ended = page.waitForEvent("requestfailed", (request) => request.url().includes("/large"));
  return ended.then((request) => request.failure()?.errorText);
}

test("an abort in the middle ends the request and rejects with the reason", async ({
  apiPage,
  browserName,
}) => {
  const ended = givenUp(apiPage, browserName);
  const same = await apiPage.evaluate(async () => {
    const { MB, run } = await import("/tests-support/large-runs.js");
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const onOpen = () => setTimeout(() => controller.abort(reason), 150);
    const error = await run({ bytes: 1024 * MB, onOpen, signal: controller.signal }).catch(
      (thrown) => thrown,
    );
    return error === reason;
  });
  expect(same).toBe(true);
  expect(await ended).toBe(GIVEN_UP[browserName]);
});

test("an abort behind the first 256 MB gives their room back", async ({ apiPage }) => {
  const outcome = await apiPage.evaluate(async () => {
    const { MB, plainFetch, receive } = await import("/tests-support/large-runs.js");
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const passed = (bytes) => {
      // So many bytes of base64 stand for 270 MB.
      if (bytes > 360 * MB) controller.abort(reason);
    };
    const fetch = plainFetch(passed);
    const aborted = await receive({ bytes: 320 * MB, fetch, signal: controller.signal }).catch(
      (thrown) => thrown,
    );
    return { same: aborted === reason, next: await receive({ bytes: 64 * MB }) };
  });
  expect(outcome.same).toBe(true);
  expect(outcome.next).toMatchObject({ checked: 64 * MB, streamed: 0 });
});

// A full disk cannot be had in a test. In the next two Chromium's Blobs say what they say when it is full.

for (const way of ["infer", "inferWithLogs"]) {
  test(`${way}: a file that cannot be read is not handed out`, async ({ apiPage }) => {
    const failure = await apiPage.evaluate(async (way) => {
      const { run } = await import("/tests-support/large-runs.js");
      const cause = new DOMException("The requested file could not be read", "NotReadableError");
      const { slice } = Blob.prototype;
      Blob.prototype.slice = function (...range) {
        const part = slice.apply(this, range);
        if (this.size === 1_000) part.arrayBuffer = () => Promise.reject(cause);
        return part;
      };
      const error = await run({ way, outputs: 3, bytes: 1_000 }).catch((thrown) => thrown);
      const { name, code, outputIndex, message } = error;
      return { name, code, outputIndex, message, caused: error.cause === cause };
    }, way);
    expect(failure).toMatchObject({
      name: "ViewComfyError",
      code: "storage_full",
      outputIndex: 0,
      caused: true,
    });
  });
}

test("a stream that finds no room ends the run at once", async ({ apiPage, browserName }) => {
  const ended = givenUp(apiPage, browserName);
  const failure = await apiPage.evaluate(async () => {
    const { MB, run } = await import("/tests-support/large-runs.js");
    const cause = new DOMException("The requested file could not be read", "NotReadableError");
    Response.prototype.blob = async function () {
      const reader = this.body.getReader();
      await reader.read();
      await reader.cancel(cause);
      throw cause;
    };
    const error = await run({ outputs: 20, bytes: 200 * MB }).catch((thrown) => thrown);
    const { name, code, outputIndex } = error;
    return { name, code, outputIndex, cause: `${error.cause}` };
  });
  expect(failure).toEqual({
    name: "ViewComfyError",
    code: "storage_full",
    outputIndex: 1,
    cause: "NotReadableError: The requested file could not be read",
  });
  expect(await ended).toBe(GIVEN_UP[browserName]);
});
