// The table of event stream cases against a third party: the browser's own EventSource must read them alike.

import { expect } from "@playwright/test";

import { test } from "../support/engine.js";
import { startRawServer } from "../support/raw-server.js";
import { eventStreams } from "../support/workflows.js";

/** Where a browser's EventSource differs from the standard. */
const READ_OTHERWISE = {
  // Chromium 156 loses the whole stream where a blank line follows the mark.
  chromium: ["a byte order mark, then a blank line"],
  // Firefox 153 drops a NUL from data, and what follows one in the stream; an id that came alone it forgets.
  firefox: [
    "NUL in data is data",
    "an id with a NUL is ignored",
    "an id counts even where no event is dispatched",
    "everything at once",
  ],
  webkit: [],
};

test("the browser's EventSource reads every case as the table says", async ({ page, browserName }) => {
  const server = await startRawServer((request) => {
    const at = /^\/case\/(\d+)$/.exec(request.url)?.[1];
    if (at === undefined)
      return { status: 200, headers: { "content-type": "text/html" }, chunks: ["<!doctype html>"] };
    return { status: 200, chunks: [eventStreams[at].bytes] };
  });
  try {
    await page.goto(server.url);
    const types = [...new Set(eventStreams.flatMap((each) => each.events.map((event) => event.type)))];
    const read = await page.evaluate(readAll, [server.url, eventStreams.length, types]);
    for (const [at, { name, events }] of eventStreams.entries()) {
      const otherwise = READ_OTHERWISE[browserName].includes(name);
      const checked = expect.soft(read[at], `${name}${otherwise ? ", which is read otherwise here" : ""}`);
      if (otherwise) checked.not.toEqual(events);
      else checked.toEqual(events);
    }
  } finally {
    await server.close();
  }
});

/** Runs in the page. An error event of its own kind ends each stream; the server's `error` events carry data. */
function readAll([url, count, types]) {
  const one = (at) =>
    new Promise((resolve) => {
      const source = new EventSource(`${url}/case/${at}`);
      const events = [];
      for (const type of new Set([...types, "error"])) {
        source.addEventListener(type, (event) => {
          if (!(event instanceof MessageEvent)) {
            source.close();
            resolve(events);
            return;
          }
          const { data, lastEventId } = event;
          events.push({ type, data, ...(lastEventId ? { id: lastEventId } : {}) });
        });
      }
    });
  return Array.from({ length: count }).reduce(
    async (all, _, at) => [...(await all), await one(at)],
    Promise.resolve([]),
  );
}
