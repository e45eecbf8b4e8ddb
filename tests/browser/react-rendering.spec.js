// What the hook costs in renderings, and how it takes over what a server rendered.

import { startRawServer } from "../support/raw-server.js";
import { endpointOf, expect, run, test, unmount } from "../support/react-page.js";
import { requests } from "../support/requests.js";

test.describe("a flood of log lines", () => {
  const LINES = 5_000;
  const result = JSON.stringify({ prompt_id: "p", status: "success", completed: true, outputs: [] });
  const chunks = Array.from({ length: LINES }, (_, at) => `event: log_message\ndata: line ${at}\n\n`);
  chunks.push(`event: prompt_result\ndata: ${result}\n\n`);

  for (const { options, kept, most } of [
    { options: {}, kept: 1_000, most: LINES / 10 },
    { options: { maxLogs: 6_000 }, kept: LINES, most: LINES / 10 },
    { options: { maxLogs: 0 }, kept: 0, most: 3 },
  ]) {
    test(`is few renderings, of which ${kept} lines are kept`, async ({ page, mount }) => {
      const server = await startRawServer(() => ({ chunks }));
      try {
        await mount({ endpoint: server.url, options });
        const told = await page.evaluate(async () => {
          const { app } = globalThis;
          const before = app.commits;
          const start = performance.now();
          let heard = 0;
          await app.hook.run({ params: { a: 1 }, onLog: () => (heard += 1) });
          const frames = (performance.now() - start) / 16;
          await new Promise((resolve) => setTimeout(resolve, 50));
          const ends = app.seen.filter(({ status }) => status === "done").length;
          return { commits: app.commits - before, frames, heard, ends, logs: app.hook.logs };
        });
        expect(told.heard).toBe(LINES);
        expect(told.ends).toBe(1);
        expect(told.logs).toEqual(Array.from({ length: kept }, (_, at) => `line ${LINES - kept + at}`));
        // One for waiting, one for running, one for done, and never two within a frame between.
        expect(told.commits).toBeGreaterThanOrEqual(3);
        expect(told.commits).toBeLessThanOrEqual(Math.ceil(told.frames) + 4);
        expect(told.commits).toBeLessThanOrEqual(most);
      } finally {
        await server.close();
      }
    });
  }
});

test("what a server rendered is taken over as it is", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint), hydrate: "<output>idle</output>" });
  expect(await run(page)).toMatchObject({ status: "done", shown: "done" });
  await unmount(page);
  expect(await requests(endpoint.url)).toHaveLength(1);
});
