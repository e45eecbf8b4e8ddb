// Ending a run in a browser: the request is aborted for real, and the server sees it.

import { expect, test } from "../support/api-page.js";
import { WAYS } from "../support/describe.js";
import { END } from "../support/raw-runs.js";
import { startRawServer } from "../support/raw-server.js";
import { forgetRequests, requests, settledRequest } from "../support/requests.js";

const KEY = "3-inputs-seed";

for (const way of WAYS) {
  test.describe(way, () => {
    test("an abort rejects with the signal's reason", async ({ apiPage, held }) => {
      await forgetRequests(held.url);
      const outcomes = await apiPage.evaluate(
        async ([way, endpoint, key]) => {
          const { lib, runAs } = await import("/tests-support/in-page.js");
          const reasons = [new Error("changed my mind"), "text", undefined];
          const outcomes = [];
          const asked = async () => (await (await fetch(`${endpoint}/requests`)).json()).length;
          for (const [before, reason] of reasons.entries()) {
            const controller = new AbortController();
            const abort = async () => {
              while ((await asked()) === before) await new Promise((resolve) => setTimeout(resolve, 100));
              controller.abort(reason);
            };
            abort();
            const request = { params: { [key]: 1n }, signal: controller.signal };
            const error = await runAs(lib, way, { endpoint, token: "local-token" }, request).catch(
              (rejected) => rejected,
            );
            outcomes.push(error === controller.signal.reason ? "the reason" : `${error}`);
          }
          return outcomes;
        },
        [way, held.url, KEY],
      );
      expect(outcomes).toEqual(["the reason", "the reason", "the reason"]);
      // A run that is followed goes on by itself; the others end with their reader.
      if (way === "follow") return;
      await settledRequest(held.url);
      const states = (await requests(held.url)).map((request) => request.state);
      expect(states).toEqual(["cancelled", "cancelled", "cancelled"]);
    });

    test("a time limit is a timeout", async ({ apiPage, held }) => {
      const failure = await apiPage.evaluate(
        async ([way, endpoint, key]) => {
          const { failed } = await import("/tests-support/in-page.js");
          return failed(way, { endpoint, token: "local-token", timeoutMs: 300 }, { params: { [key]: 1n } });
        },
        [way, held.url, KEY],
      );
      expect(failure).toMatchObject({ name: "ViewComfyError", code: "timeout" });
    });
  });
}

for (const way of WAYS.filter((each) => each !== "follow")) {
  test(`${way} sends nothing for a signal aborted before`, async ({ apiPage, held }) => {
    await forgetRequests(held.url);
    const same = await apiPage.evaluate(
      async ([way, endpoint, key]) => {
        const { lib, runAs } = await import("/tests-support/in-page.js");
        const reason = new Error("too late");
        const request = { params: { [key]: 1n }, signal: AbortSignal.abort(reason) };
        const error = await runAs(lib, way, { endpoint, token: "local-token" }, request).catch(
          (rejected) => rejected,
        );
        return error === reason;
      },
      [way, held.url, KEY],
    );
    expect(same).toBe(true);
    expect(await requests(held.url)).toEqual([]);
  });
}

test("follow stops at once for a signal aborted before", async ({ apiPage, held }) => {
  const same = await apiPage.evaluate(async (endpoint) => {
    const { lib } = await import("/tests-support/in-page.js");
    const reason = new Error("too late");
    const error = await lib
      .follow(`${endpoint}/runs/none/events`, { signal: AbortSignal.abort(reason) })
      .catch((rejected) => rejected);
    return error === reason;
  }, held.url);
  expect(same).toBe(true);
});

test("a handler that throws ends each kind of run", async ({ apiPage, held }) => {
  await forgetRequests(held.url);
  const same = await apiPage.evaluate(
    async ([endpoint, key]) => {
      const { lib } = await import("/tests-support/in-page.js");
      const thrown = new RangeError("a bug of the caller's");
      const onLog = () => {
        throw thrown;
      };
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint}/infer`, token: "local-token" });
      const params = { [key]: 1n };
      const first = await client.inferWithLogs({ params, onLog }).catch((error) => error);
      const form = new FormData();
      form.set("params", lib.buildParams(params).json);
      const headers = { authorization: "Bearer local-token" };
      const { events } = await (
        await fetch(`${endpoint}/runs`, { method: "POST", body: form, headers })
      ).json();
      const second = await lib.follow(new URL(events, endpoint), { onLog }).catch((error) => error);
      return [first === thrown, second === thrown];
    },
    [held.url, KEY],
  );
  expect(same).toEqual([true, true]);
});

test("leaving the loop over a stream aborts the request", async ({ apiPage, held }) => {
  await forgetRequests(held.url);
  await apiPage.evaluate(
    async ([endpoint, key]) => {
      const { lib } = await import("/tests-support/in-page.js");
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint}/infer`, token: "local-token" });
      for await (const event of client.stream({ params: { [key]: 1n } })) if (event.type === "log") break;
    },
    [held.url, KEY],
  );
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("closing the page ends the run", async ({ apiPage, held }) => {
  await forgetRequests(held.url);
  await apiPage.evaluate(
    async ([endpoint, key]) => {
      const { lib } = await import("/tests-support/in-page.js");
      const client = new lib.ViewComfyClient({ endpoint: `${endpoint}/infer`, token: "local-token" });
      await new Promise((resolve) =>
        client.inferWithLogs({ params: { [key]: 1n }, onLog: resolve }).catch(() => {}),
      );
    },
    [held.url, KEY],
  );
  await apiPage.close();
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("a run that was followed to its end is not read again", async ({ apiPage }) => {
  const reads = [];
  // A connection that is left open is opened again by the browser, as soon as the stream asks for it.
  const server = await startRawServer(({ url }) => {
    reads.push(url);
    const chunks = ["retry: 20\n\n", ...(url === "/whole" ? [END] : [])];
    return { status: 200, chunks };
  });
  const outcomes = await apiPage.evaluate(async (url) => {
    const { lib } = await import("/tests-support/in-page.js");
    const { status } = await lib.follow(`${url}/whole`);
    return [status, await lib.follow(`${url}/without-result`).catch((error) => error.code)];
  }, server.url);
  expect(outcomes).toEqual(["success", "stream_ended"]);
  await apiPage.waitForTimeout(1_000);
  expect(reads).toEqual(["/whole", "/without-result"]);
  await server.close();
});
