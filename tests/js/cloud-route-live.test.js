// Live events of the cloud API: lost, doubled, out of order or not there at all, the result comes.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { streamed, withCloud } from "../support/cloud-run.js";
import { until } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { release } from "../support/requests.js";
import { closedAddress } from "../support/serve.js";

const here = withCloud();

describe("live events", () => {
  const faults = {
    "all are lost": { lose: "1" },
    "every second is lost": { lose: "2" },
    "each comes twice": { double: "true" },
    "neighbours change places": { shuffle: "true" },
    "the socket is dropped": { drop_after: "3" },
    "the result message is empty": { empty_result: "true" },
    "bare texts of the older form": { bare: "true" },
    "all of it": { lose: "3", double: "true", shuffle: "true", drop_after: "5", empty_result: "true" },
  };
  for (const [what, fault] of Object.entries(faults)) {
    test(`${what}: the result comes`, PATIENCE, async (t) => {
      const { client } = await here.through(t, fault);
      const { result, errors } = await streamed(client);
      assert.deepEqual([result.status, result.outputs.length, errors], ["success", 1, []]);
      const { taken } = await here.onlyJob();
      assert.equal(taken, 1);
    });
  }

  for (const sockets of ["refused", "silent"]) {
    test(`the handshake is ${sockets}: the look-up alone carries the run`, PATIENCE, async (t) => {
      await here.cloud.set({ sockets });
      const { client } = await here.through(t);
      const { result, log } = await streamed(client);
      assert.equal(result.status, "success");
      assert.ok(log.length <= 1, log.join("\n"));
      if (sockets === "refused") assert.match(log[0], /^No live log \(the socket cannot connect\)/);
    });
  }

  test("nobody listens at the socket's address: one line of the log says so", PATIENCE, async (t) => {
    const { client } = await here.through(t, {}, { socketUrl: await closedAddress() });
    const { result, log } = await streamed(client);
    assert.equal(result.status, "success");
    assert.deepEqual(log.length, 1);
    assert.match(log[0], /No live log/);
  });

  test("not wanted: no handshake", PATIENCE, async (t) => {
    const { client } = await here.through(t, {}, { liveEvents: false });
    const before = (await here.cloud.counts()).handshakes;
    const { log } = await streamed(client);
    assert.deepEqual([log, (await here.cloud.counts()).handshakes], [[], before]);
  });

  test("the package's io is used where it is given", PATIENCE, async (t) => {
    const { io } = await import("socket.io-client");
    const asked = [];
    const given = (address, options) => {
      asked.push([address, options.path, options.transports]);
      return io(address, options);
    };
    const { client } = await here.through(t, {}, { io: given });
    const { log } = await streamed(client);
    assert.equal(log[0], "got prompt");
    assert.deepEqual(asked, [[here.cloud.url, "/cloud/socket.io", ["websocket"]]]);
  });

  test("dropped in the middle, it connects again and is subscribed", PATIENCE, async (t) => {
    const { client } = await here.through(t);
    const lines = [];
    const { ends } = await here.heldRun(client, { onLog: (line) => lines.push(line) });
    await until(async () => (await here.cloud.counts()).sockets === 1);
    await here.cloud.cutSockets();
    await until(async () => (await here.onlyJob()).sockets === 2);
    await release(here.cloud.url);
    assert.equal((await ends).result.status, "success");
  });

  test("an error that no look-up confirms is a line of the log", PATIENCE, async (t) => {
    const { client } = await here.through(t, { false_error: "true" });
    const { result, log, errors } = await streamed(client);
    assert.deepEqual([result.status, errors], ["success", []]);
    assert.ok(log.some((line) => /looks like an error/.test(line)));
  });

  test("no socket and no timer are left behind", PATIENCE, async (t) => {
    const { client } = await here.through(t);
    await streamed(client);
    await until(async () => (await here.cloud.counts()).sockets === 0);
  });
});
