// Several servers share the runs: each run goes to the shortest queue.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { eventsOf, formFor, startRoute } from "../support/comfy-route.js";
import { fresh, resultOf } from "../support/comfy-run.js";
import { getJson, NEEDS_CONTROLS, startComfy } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { serve } from "../support/serve.js";

const idOf = (response) => response.headers.get("viewcomfy-prompt-id");

describe("several servers", { skip: NEEDS_CONTROLS }, () => {
  test("runs that begin together do not all go to one of them", PATIENCE, async (t) => {
    const servers = await Promise.all([startGated(4), startGated(4)]);
    const route = await startRoute({ servers: servers.map(({ url }) => url) });
    t.after(() => Promise.all([route.close(), ...servers.map((server) => server.close())]));
    const responses = await Promise.all(
      Array.from({ length: 4 }, () => fetch(route.endpoint, { method: "POST", body: formFor(fresh()) })),
    );
    await Promise.all(responses.map((response) => response.text()));
    assert.deepEqual(
      servers.map(({ posted }) => posted()),
      [2, 2],
    );
  });

  test("a run goes to the shortest queue; any of their runs can be asked for", PATIENCE, async (t) => {
    const servers = await Promise.all([startComfy(), startComfy()]);
    const route = await startRoute({ servers: servers.map(({ url }) => url) });
    t.after(() => Promise.all([route.close(), ...servers.map((server) => server.close())]));
    for (const server of servers) await server.faults({ hold: true });
    const responses = [];
    for (let count = 0; count < 4; count += 1)
      responses.push(await fetch(route.endpoint, { method: "POST", body: formFor(fresh()) }));
    const taken = await Promise.all(
      servers.map(async (server) => Object.keys((await server.counts()).prompts).length),
    );
    assert.deepEqual(taken, [2, 2]);
    const ids = responses.map((response) => `prompt_ids=${idOf(response)}`).join("&");
    const records = await getJson(`${route.endpoint}?${ids}`);
    assert.deepEqual(
      records.map(({ prompt_id }) => prompt_id),
      responses.map(idOf),
    );
    for (const server of servers) await server.faults();
    for (const response of responses) assert.equal(resultOf(await eventsOf(response)).status, "success");
    const at = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(route.endpoint, { method: "POST", body: formFor(fresh(), { logs: "false" }) }),
      ),
    );
    for (const response of at) assert.equal((await response.json()).status, "success");
  });
});

/** A server that says how long its queue is when so many have asked, and refuses what it is given: each asks before any is placed. */
async function startGated(callers) {
  const waiting = [];
  let posted = 0;
  const server = await serve((request, response) => {
    if (request.method === "GET" && request.url?.endsWith("/prompt")) {
      waiting.push(response);
      if (waiting.length < callers) return;
      for (const each of waiting.splice(0)) each.end('{"exec_info": {"queue_remaining": 0}}');
      return;
    }
    if (request.method === "POST" && request.url?.endsWith("/prompt")) posted += 1;
    request.resume();
    response.writeHead(400).end("{}");
  });
  return { ...server, posted: () => posted };
}
