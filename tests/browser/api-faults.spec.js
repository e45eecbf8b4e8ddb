// Every fault of the endpoint, in a browser: each ends in its code, none hangs, none resolves.

import { expect, test } from "../support/api-page.js";
import { WAYS } from "../support/describe.js";
import { differences, expectation, FAULTS, HARMLESS } from "../support/faults.js";
import { requestArrived } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const PARAMS_KEY = "3-inputs-seed";

for (const way of WAYS) {
  test.describe(way, () => {
    for (const { fault, timeoutMs, ...row } of FAULTS) {
      test(fault, async ({ keptPage, endpoint, browserName }) => {
        const failure = await keptPage.evaluate(fail, [way, endpoint.url, fault, timeoutMs, PARAMS_KEY]);
        expect(differences(failure, expectation(row, way, browserName)), failure.text).toEqual([]);
        expect(JSON.stringify(failure)).not.toContain("local-token");
      });
    }

    for (const fault of HARMLESS) {
      test(`${fault} is lived with`, async ({ keptPage, endpoint }) => {
        const told = await keptPage.evaluate(
          async ([way, endpoint, fault, key]) => {
            const { told } = await import("/tests-support/in-page.js");
            const options = { endpoint, query: `?fault=${fault}&cut=97`, token: "local-token" };
            return told(way, options, { params: { [key]: 1n } });
          },
          [way, endpoint.url, fault, PARAMS_KEY],
        );
        expect(told.status).toBe("success");
        expect(told.outputs.map((output) => output.signature)).toEqual(
          fault === "no_outputs" ? [] : ["89504e470d0a1a0a"],
        );
      });
    }

    test("nothing listens at the address", async ({ keptPage }) => {
      const failure = await keptPage.evaluate(
        async ([way, key, address]) => {
          const { failureOf, lib } = await import("/tests-support/in-page.js");
          if (way === "follow") return failureOf(() => lib.follow(address));
          const { failed } = await import("/tests-support/in-page.js");
          return failed(way, { endpoint: address }, { params: { [key]: 1n } });
        },
        [way, PARAMS_KEY, await closedAddress()],
      );
      expect(differences(failure, { code: "network" }), failure.text).toEqual([]);
    });

    test("an error reaches the page as an error of this package", async ({ keptPage, endpoint }) => {
      const checks = await keptPage.evaluate(
        async ([way, endpoint, key]) => {
          const { lib, runAs } = await import("/tests-support/in-page.js");
          const options = { endpoint, query: "?fault=invalid_base64", token: "local-token" };
          try {
            await runAs(lib, way, options, { params: { [key]: 1n } });
          } catch (error) {
            return [
              error instanceof lib.ViewComfyError,
              error instanceof Error,
              lib.isViewComfyError(error),
              error.code,
            ];
          }
        },
        [way, endpoint.url, PARAMS_KEY],
      );
      expect(checks).toEqual([true, true, true, "invalid_output"]);
    });
  });
}

test("a plain call to another origin that broke after long says why and what to use", async ({ apiPage }) => {
  const messages = [];
  for (const seconds of [1, 120]) {
    const gateway = await startSmallEndpoint();
    const failing = apiPage.evaluate(neverAnswered, [gateway.url, PARAMS_KEY]);
    await requestArrived(gateway.url);
    await apiPage.evaluate(putClockForward, seconds);
    await gateway.close();
    const failure = await failing;
    expect(failure.code).toBe("network");
    messages.push(failure.message);
  }
  expect(messages[0]).not.toMatch(/inferWithLogs/);
  expect(messages[1]).toMatch(/inferWithLogs/);
});

/** Runs in the page: a call that is never answered. */
async function neverAnswered([endpoint, key]) {
  const { failed } = await import("/tests-support/in-page.js");
  const options = { endpoint, query: "?fault=never", token: "local-token" };
  return failed("infer", options, { params: { [key]: 1n } });
}

/** Runs in the page while a call is under way. */
function putClockForward(seconds) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + seconds * 1000;
}

/** Runs in the page. */
async function fail([way, endpoint, fault, timeoutMs, key]) {
  const { failed } = await import("/tests-support/in-page.js");
  const options = {
    endpoint,
    query: `?fault=${fault}`,
    token: "local-token",
    ...(timeoutMs && { timeoutMs }),
  };
  return failed(way, options, { params: { [key]: 1n } });
}
