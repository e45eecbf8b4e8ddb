// Many runs with faults drawn at random: each ends as its job ended, and no job is begun twice. `CLOUD_RUNS` sets how many,
// `CLOUD_SEED` with which seed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startCloud, startCloudRoute } from "../support/cloud.js";
import { randomFrom } from "../support/random.js";

const RUNS = Number(process.env.CLOUD_RUNS ?? 200);
const SEED = Number(process.env.CLOUD_SEED ?? 22);
const AT_ONCE = 12;
const params = { "3-inputs-seed": 7n };
/** Only what hangs takes that long. */
const PATIENCE = { timeout: 900_000 };

const MOST_BROKEN = 2;
/** On a busy machine the host of a link may not answer in time. */
const MOST_TRIES = 30;
const TAKEN = ["taken_cut", "taken_timeout", "taken_never"];

function drawn(random) {
  const of = (...values) => values[Math.floor(random() * values.length)];
  const faults = {
    schedule: of(undefined, undefined, undefined, ...TAKEN, "cut", "unavailable"),
    schedules: of(1, 2),
    look_up: of(undefined, undefined, "fail", "cut", "unknown", "never"),
    look_ups: of(1, 2),
    job: of(undefined, undefined, undefined, undefined, "fails", "canceled"),
    lose: of(0, 0, 1, 2, 3),
    double: of(true, false),
    shuffle: of(true, false),
    drop_after: of(0, 0, 1, 4, 12),
    false_error: of(true, false),
    empty_result: of(true, false),
    bare: of(true, false, false),
    expired: of(0, 0, 1),
    broken: of(0, 0, 1, MOST_BROKEN),
  };
  const given = Object.entries(faults).filter(([, value]) => value !== undefined);
  return { faults: Object.fromEntries(given), streamed: of(true, false), outputs: of("link", "inline") };
}

let cloud;
before(async () => {
  cloud = await startCloud();
});
after(() => cloud.close());

/** The bytes of the picture that every run makes. */
async function picture(output, endpoint) {
  const content = output.file ?? (await linked(new URL(output.url, endpoint)));
  return Buffer.from(await content.arrayBuffer()).toString("base64");
}

/** What a link leads to; as a page does, again where it broke off. */
async function linked(url) {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return await answer.blob();
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

async function run({ faults, streamed, outputs }) {
  const route = await startCloudRoute(cloud.options(faults, { outputs, callTimeoutMs: 3_000 }));
  try {
    const result = await route.client[streamed ? "inferWithLogs" : "infer"]({ params });
    return { status: result.status, picture: await picture(result.outputs[0], route.endpoint) };
  } catch (error) {
    return { status: error.result?.status, code: error.code, failures: route.failures };
  } finally {
    await route.close();
  }
}

test(`${RUNS} runs with random faults`, PATIENCE, async (t) => {
  const random = randomFrom(SEED);
  const all = Array.from({ length: RUNS }, () => drawn(random));
  const expected = (await run({ faults: {}, streamed: true, outputs: "inline" })).picture;
  await cloud.forget();
  const waiting = all.entries();
  const wrong = [];
  async function worker() {
    for (const [index, given] of waiting) {
      const got = await run(given);
      const { job } = given.faults;
      const right = job
        ? got.code === "execution_failed" && got.status === { fails: "error", canceled: "canceled" }[job]
        : got.status === "success" && got.picture === expected;
      if (!right) wrong.push({ index, given, got: { ...got, picture: got.picture?.length } });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  assert.deepEqual(wrong, []);
  const { jobs, calls } = await cloud.counts();
  assert.equal(jobs.length, RUNS);
  assert.deepEqual(
    jobs.filter(({ taken }) => taken !== 1),
    [],
    "no job is begun twice",
  );
  const again = Object.values(calls).filter((count) => count > 1).length;
  t.diagnostic(`${RUNS} runs, ${jobs.length} jobs taken once each; ${again} forms were sent again`);
});
