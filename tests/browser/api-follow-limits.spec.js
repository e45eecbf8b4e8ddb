// The limits of a run that is followed: EventSource frames its events, so they count by a way of their own.

import { expect, test } from "../support/api-page.js";
import { serve } from "../support/serve.js";

const ANSWER = "/large?outputs=2&bytes=1000&logs=3";

/** Runs in the page: the lengths of the answer's result and longest line, and what comes of limits at and below them. */
async function followWithLimits([answer, neverAsked]) {
  const { failureOf, lib } = await import("/tests-support/in-page.js");
  const text = await (await fetch(answer)).text();
  const data = [...text.matchAll(/^event: (\w+)\r\ndata: (.*)\r$/gm)];
  const longest = (kind) =>
    Math.max(...data.filter(([, name]) => name === kind).map(([, , each]) => each.length));
  const told = [];
  const follow = (limits) => lib.follow(answer, { ...limits, onLog: (line) => told.push(line) });
  const outcomes = {};
  for (const [name, kind] of Object.entries({
    maxResultBytes: "prompt_result",
    maxEventBytes: "log_message",
  })) {
    const size = longest(kind);
    const { outputs } = await follow({ [name]: size });
    const { size: none } = (await follow({ [name]: 0 })).outputs[1].file;
    told.length = 0;
    const beyond = await failureOf(() => follow({ [name]: size - 1 }));
    outcomes[name] = { size, received: outputs.length, none, beyond, told: told.length };
  }
  const wrong = await failureOf(() => lib.follow(neverAsked, { maxEventBytes: "1" }));
  return { ...outcomes, wrong };
}

test("follow takes a result and lines of exactly that size and refuses larger ones", async ({ apiPage }) => {
  const asked = [];
  const other = await serve(({ url }, response) => {
    asked.push(url);
    response.end();
  });
  const { maxResultBytes, maxEventBytes, wrong } = await apiPage.evaluate(followWithLimits, [
    ANSWER,
    other.url,
  ]);
  for (const { size, received, none, beyond } of [maxResultBytes, maxEventBytes]) {
    expect({ received, none }).toEqual({ received: 2, none: 1000 });
    expect(beyond).toMatchObject({ code: "too_large", limit: size - 1, offset: size - 1 });
  }
  expect(maxResultBytes.size).toBeGreaterThan(2000);
  expect(maxResultBytes.told).toBe(3);
  expect(maxEventBytes.told).toBeLessThan(3);
  expect(wrong).toMatchObject({ code: "invalid_param", key: "maxEventBytes" });
  expect(asked).toEqual([]);
  await other.close();
});
