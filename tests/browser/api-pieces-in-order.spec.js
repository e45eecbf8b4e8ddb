// Pieces of one output that go different ways into its File stay in order.

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import { test as base, expect } from "../support/api-page.js";

const MB = 1024 * 1024;

const test = base.extend({
  apiPage: async ({ apiPage }, use) => {
    await apiPage.evaluate(watchWasmMemory);
    await use(apiPage);
  },
});

test("files of earlier runs that are let go of in the middle of an output leave its bytes in order", async ({
  apiPage,
}) => {
  // When garbage is collected cannot be said, so the test says it: 16 MB of Files are gone after 300 MB.
  await apiPage.evaluate(() => {
    globalThis.FinalizationRegistry = class extends FinalizationRegistry {
      constructor(hears) {
        super(hears);
        this.hears = hears;
      }
      register(target, ...rest) {
        if (target instanceof File) globalThis.letGo = this.hears;
        super.register(target, ...rest);
      }
    };
  });
  const got = await apiPage.evaluate(async () => {
    const { MB, plainFetch, receive } = await import("/tests-support/large-runs.js");
    await receive({ bytes: 16 * MB });
    let waiting = true;
    const passed = (bytes) => {
      // So many bytes of base64 stand for 300 MB.
      if (!waiting || bytes < 400 * MB) return;
      waiting = false;
      globalThis.letGo(16 * MB);
    };
    const received = await receive({ bytes: 340 * MB, fetch: plainFetch(passed) });
    return { ...received, waiting };
  });
  expect(got).toMatchObject({ checked: 340 * MB, waiting: false });
});
