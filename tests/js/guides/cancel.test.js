// The guide "Cancel, and time limits".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("cancel", { speed: 20 });

test("runs end when they should, and only those", async () => {
  await guide.run();
  assert.deepEqual(guide.said, ["1 outputs", "AbortError", "1", "gave up after 50 ms"]);
  const states = (await requests(guide.endpoint)).map(({ state }) => state);
  assert.equal(states.filter((state) => state === "finished").length, 4, states.join());
  assert.ok(states.filter((state) => state === "cancelled").length >= 2, states.join());
});

test("the cancel button ends the run at the service", async () => {
  // The button is pressed soon after the run has begun.
  await guide.run((code) =>
    code.replace(
      "signal: controller.signal",
      'signal: controller.signal, onOpen: () => setTimeout(document.querySelector("#cancel").onclick, 20)',
    ),
  );
  assert.equal(guide.said[0], "cancelled");
  const [first] = await requests(guide.endpoint);
  assert.equal(first.state, "cancelled");
});

guide.lastTest();
