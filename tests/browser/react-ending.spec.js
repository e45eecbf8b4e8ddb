// The hook's runs that end early: cancelled, replaced, or left by a component that goes away. The server must see it.

import {
  begin,
  endpointOf,
  expect,
  KEYS,
  outcomes,
  PARAMS,
  run,
  statusOf,
  test,
} from "../support/react-page.js";
import { pause, release, requestArrived, requests, settledRequest } from "../support/requests.js";

for (const react of [19, 18]) {
  test.describe(`React ${react}`, () => {
    test.use({ react });

    test("cancel ends the run at the server too", async ({ page, mount, held }) => {
      await mount({ endpoint: endpointOf(held) });
      await page.evaluate(() => globalThis.app.hook.cancel());
      expect(await statusOf(page)).toBe("idle");
      await begin(page);
      await page.waitForFunction(() => globalThis.app.hook.logs.length > 0);
      await page.evaluate(() => globalThis.app.hook.cancel());
      expect(await outcomes(page)).toEqual([null]);
      expect(await statusOf(page)).toBe("cancelled");
      expect((await settledRequest(held.url)).state).toBe("cancelled");
      const { error, result, logs } = await page.evaluate(() => globalThis.app.hook);
      expect({ error, result }).toEqual({ error: null, result: null });
      expect(logs.length).toBeGreaterThan(0);
    });

    test("nothing is heard after cancel, however close the answer is", async ({ page, mount, endpoint }) => {
      await mount({ endpoint: endpointOf(endpoint) });
      const told = await page.evaluate(
        async ([address, params]) => {
          const { app } = globalThis;
          const told = [];
          for (let steps = 0; steps < 30; steps += 1) {
            let cancelled = false;
            const cancelAfter = async (response) => {
              for (let step = 0; step < steps; step += 1) await response;
              app.hook.cancel();
              cancelled = true;
            };
            app.setEndpoint(address, {
              fetch: async (request) => {
                const response = await fetch(request);
                cancelAfter(response);
                return response;
              },
            });
            const late = [];
            const hear = () => late.push(cancelled);
            const outcome = await app.hook.run({ params, onOpen: hear, onLog: hear });
            await new Promise((resolve) => setTimeout(resolve, 20));
            app.flush();
            told.push({ outcome, late: late.includes(true), status: app.hook.status });
          }
          return told;
        },
        [endpointOf(endpoint), PARAMS],
      );
      for (const outcome of told)
        expect(outcome).toEqual({ outcome: null, late: false, status: "cancelled" });
    });

    test("the request's own signal cancels", async ({ page, mount, held }) => {
      await mount({ endpoint: endpointOf(held) });
      await page.evaluate((params) => {
        const { app } = globalThis;
        app.controller = new AbortController();
        app.outcomes = [app.hook.run({ params, signal: app.controller.signal })];
      }, PARAMS);
      await requestArrived(held.url);
      await page.evaluate(() => globalThis.app.controller.abort(new Error("changed my mind")));
      expect(await outcomes(page)).toEqual([null]);
      await expect.poll(() => statusOf(page)).toBe("cancelled");
      expect((await settledRequest(held.url)).state).toBe("cancelled");
    });

    test("a new run cancels the one that is going on", async ({ page, mount, held }) => {
      await mount({ endpoint: endpointOf(held) });
      await begin(page);
      await page.waitForFunction(() => globalThis.app.hook.logs.length > 0);
      await page.evaluate(() => globalThis.app.setEndpoint("/infer"));
      await begin(page, { params: { ...PARAMS, [KEYS.seed]: 6 } });
      expect(await outcomes(page)).toEqual([null, "success"]);
      await expect.poll(() => statusOf(page)).toBe("done");
      expect((await settledRequest(held.url)).state).toBe("cancelled");
      const statuses = await page.evaluate(() => globalThis.app.seen.map(({ status }) => status));
      expect(statuses).not.toContain("cancelled");
    });

    test("of two runs at once the second is the one that is sent", async ({ page, mount, endpoint }) => {
      await mount({ endpoint: endpointOf(endpoint) });
      const results = await page.evaluate(async (params) => {
        const { run } = globalThis.app.hook;
        return Promise.all([run({ params: { ...params, "3-inputs-seed": 1 } }), run({ params })]);
      }, PARAMS);
      expect(results.map((result) => result?.status ?? null)).toEqual([null, "success"]);
      await expect.poll(() => statusOf(page)).toBe("done");
      const sent = (await requests(endpoint.url)).map(({ params }) => JSON.parse(params)[KEYS.seed]);
      expect(sent).toEqual([5]);
    });

    test("nothing is left when the component goes away", async ({ page, mount, held }) => {
      await mount({ endpoint: endpointOf(held) });
      await begin(page);
      await page.waitForFunction(() => globalThis.app.hook.logs.length > 0);
      const { commits, seen } = await page.evaluate(() => {
        const { app } = globalThis;
        app.root.unmount();
        return { commits: app.commits, seen: app.seen.length };
      });
      expect(await outcomes(page)).toEqual([null]);
      expect((await settledRequest(held.url)).state).toBe("cancelled");
      await pause(200);
      expect(await page.evaluate(() => [globalThis.app.commits, globalThis.app.seen.length])).toEqual([
        commits,
        seen,
      ]);

      await begin(page);
      expect(await outcomes(page)).toEqual([null, null]);
      expect(await requests(held.url)).toHaveLength(1);
    });

    test("a run that an effect starts is one request, though StrictMode mounts twice", async ({
      page,
      mount,
      endpoint,
    }) => {
      await mount({ endpoint: endpointOf(endpoint), atOnce: { params: PARAMS } });
      await page.waitForFunction(() => globalThis.app.hook.status === "done");
      expect(await outcomes(page)).toEqual([null, "success"]);
      expect((await settledRequest(endpoint.url)).state).toBe("finished");
      expect(await requests(endpoint.url)).toHaveLength(1);
    });

    test("a changed client serves the next run, and leaves the present one alone", async ({
      page,
      mount,
      held,
      endpoint,
    }) => {
      await mount({ endpoint: endpointOf(held) });
      await begin(page);
      await page.waitForFunction(() => globalThis.app.hook.logs.length > 0);
      await page.evaluate((address) => globalThis.app.setEndpoint(address), endpointOf(endpoint));
      await release(held.url);
      expect(await outcomes(page)).toEqual(["success"]);
      expect((await settledRequest(held.url)).state).toBe("finished");
      await run(page);
      expect((await settledRequest(endpoint.url)).state).toBe("finished");
      expect(await requests(held.url)).toHaveLength(1);
    });
  });
}
