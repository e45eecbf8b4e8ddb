// The hook in a real page, under StrictMode: the states of a run in order, its failures, and the request's own handlers.

import { endpointOf, expect, PARAMS, run, statusOf, test } from "../support/react-page.js";
import { requests, settledRequest } from "../support/requests.js";

test("a run goes from idle to done with one request", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint) });
  expect(await statusOf(page)).toBe("idle");
  expect(await requests(endpoint.url)).toEqual([]);
  const told = await run(page);
  expect(told.statuses).toEqual(["idle", "waiting", "running", "done"]);
  expect(told).toMatchObject({ same: true, shown: "done", error: null });
  expect(told.output).toMatchObject({ filename: expect.stringMatching(/^small.*\.png$/), isFile: true });
  expect(told.progress).toMatchObject({ percent: 100, step: 20, total: 20 });
  expect(told.logs[0]).toBe("got prompt");
  const { state, params } = await settledRequest(endpoint.url);
  expect([state, params]).toEqual(["finished", '{"6-inputs-text":"a red fox","3-inputs-seed":5}']);
  expect(await requests(endpoint.url)).toHaveLength(1);
});

test("the next run begins anew", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint) });
  const first = await run(page);
  const { seen, same } = await page.evaluate(async (params) => {
    const { app } = globalThis;
    app.seen.length = 0;
    const { run, cancel } = app.hook;
    await run({ params });
    app.flush();
    return { seen: app.seen, same: run === app.hook.run && cancel === app.hook.cancel };
  }, PARAMS);
  expect(same).toBe(true);
  expect(seen[0]).toEqual({ status: "waiting", percent: null, logs: 0, result: null, error: null });
  expect(seen.at(-1)).toMatchObject({ status: "done", logs: first.logs.length });
  expect(await requests(endpoint.url)).toHaveLength(2);
});

test("a failure is a typed error, shown and not thrown", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint, "?fault=node_errors") });
  const told = await run(page);
  expect(told.statuses).toEqual(["idle", "waiting", "failed"]);
  expect(told).toMatchObject({
    output: undefined,
    error: { name: "ViewComfyError", code: "validation_failed" },
  });
});

test("a failure on the way keeps what the log said", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint, "?fault=no_result") });
  const told = await run(page);
  expect(told.statuses).toEqual(["idle", "waiting", "running", "failed"]);
  expect(told.error.code).toBe("stream_ended");
  expect(told.logs[0]).toBe("got prompt");
});

test("handlers of the request hear the run too, until it is cancelled", async ({ page, mount, endpoint }) => {
  await mount({ endpoint: endpointOf(endpoint, "?fault=error_then_result") });
  const { heard, logs } = await page.evaluate(async (params) => {
    const { app } = globalThis;
    const heard = [];
    const handlers = {};
    for (const name of ["onOpen", "onLog", "onProgress", "onError"]) handlers[name] = () => heard.push(name);
    await app.hook.run({ params, ...handlers });
    app.flush();
    return { heard, logs: app.hook.logs.length };
  }, PARAMS);
  expect(new Set(heard)).toEqual(new Set(["onOpen", "onLog", "onProgress", "onError"]));
  expect(heard.filter((name) => name === "onLog")).toHaveLength(logs);

  const { lines, status } = await page.evaluate(async (params) => {
    const { app } = globalThis;
    const lines = [];
    const onLog = (line) => {
      lines.push(line);
      app.hook.cancel();
    };
    await app.hook.run({ params, onLog });
    app.flush();
    return { lines, status: app.hook.status };
  }, PARAMS);
  expect(lines).toEqual(["got prompt"]);
  expect(status).toBe("cancelled");
});

test("a handler that throws fails the run", async ({ page, mount, held }) => {
  await mount({ endpoint: endpointOf(held) });
  const { passed, status } = await page.evaluate(async (params) => {
    const { app } = globalThis;
    const mistake = new Error("a mistake of the app");
    const onLog = () => {
      throw mistake;
    };
    const outcome = await app.hook.run({ params, onLog });
    app.flush();
    return { passed: outcome === null && app.hook.error === mistake, status: app.hook.status };
  }, PARAMS);
  expect({ passed, status }).toEqual({ passed: true, status: "failed" });
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("without a client yet, and with wrong options, the failure says so", async ({
  page,
  mount,
  endpoint,
}) => {
  await mount({ endpoint: null });
  expect(await run(page)).toMatchObject({ status: "failed", error: { code: "not_initialised" } });
  await page.evaluate((address) => globalThis.app.setEndpoint(address), endpointOf(endpoint));
  expect(await run(page)).toMatchObject({ status: "done", error: null });
  for (const wrong of [{ signal: "soon" }, { onLog: 5 }]) {
    const told = await run(page, { params: PARAMS, ...wrong });
    expect(told).toMatchObject({
      status: "failed",
      error: { name: "ViewComfyError", code: "invalid_param" },
    });
  }
  expect(await requests(endpoint.url)).toHaveLength(1);
});
