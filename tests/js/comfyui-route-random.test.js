// Many runs with faults drawn at random: each ends as ComfyUI's own record says, and no prompt is queued twice. `COMFY_RUNS` sets
// how many, `COMFY_SEED` with which seed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clientOf, startRoute } from "../support/comfy-route.js";
import { invert, NEEDS_CONTROLS, startComfy, until } from "../support/comfyui.js";
import { randomFrom } from "../support/random.js";

const RUNS = Number(process.env.COMFY_RUNS ?? 150);
const SEED = Number(process.env.COMFY_SEED ?? 22);
/** They share a server's queue, and its faults. */
const AT_ONCE = 10;
/** Only what hangs takes that long. */
const LONG = { timeout: 900_000, skip: NEEDS_CONTROLS };
const LEFT = new Error("left");
const ENDED = new Set(["completed", "failed", "cancelled"]);
/** How a caller may behave; of a few nobody leaves or cancels. */
const WAYS = ["plain", "streamed", "streamed", "resumed", "canceled", "left", "left early"];

let comfy;
let routes;
before(async () => {
  comfy = await startComfy();
  const start = (outputs) => startRoute({ servers: [comfy.url], outputs });
  routes = { inline: await start("inline"), link: await start("link") };
  for (const route of Object.values(routes)) route.client = await clientOf(route);
});
after(() => Promise.all([...Object.values(routes), comfy].map((each) => each.close())));

/** Some faults of the server, for all runs of a round, and how their callers behave. */
function drawn(random) {
  const of = (...values) => values[Math.floor(random() * values.length)];
  const some = (most) => (random() < 0.3 ? 1 + Math.floor(random() * most) : 0);
  const faults = {
    refuse_sockets: random() < 0.2,
    no_jobs: random() < 0.3,
    lose_answers: some(3),
    lose_prompts: some(2),
    fail_runs: some(3),
    fail_questions: some(6),
    break_downloads: some(4),
    ...(random() < 0.4 && { cut_sockets_after: Math.floor(random() * 12) }),
  };
  const runs = Array.from({ length: AT_ONCE }, () => ({
    way: of(...WAYS),
    outputs: of("inline", "link"),
    turns: Math.floor(random() * 40),
  }));
  return { faults, runs, cutsSockets: random() < 0.2 };
}

let colour = 0;
/** A workflow that was not run before, so that nothing of it is cached. */
function requestOf() {
  colour += 1;
  return { params: { "1-inputs-color": colour }, workflowApi: JSON.stringify(invert()) };
}

/** What came of a call. */
const endOf = (call) =>
  call.then(
    (result) => ({ result }),
    (error) => ({ error, result: error.result ?? undefined }),
  );

async function run({ way, outputs, turns }) {
  const { client } = routes[outputs];
  const leaving = new AbortController();
  const request = { ...requestOf(), signal: leaving.signal };
  if (way === "plain") return endOf(client.infer(request));
  let id;
  let other;
  const onOpen = ({ promptId }) => {
    id = promptId;
    if (way === "left") leaving.abort(LEFT);
    if (way === "canceled") other = endOf(client.cancel(id));
    if (way === "resumed") other = endOf(client.resume(id, { onOpen: () => leaving.abort(LEFT) }));
  };
  const call = endOf(client.inferWithLogs({ ...request, onOpen }));
  if (way === "left early") {
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    leaving.abort(LEFT);
  }
  const first = await call;
  const second = await other;
  return { id, ...(way === "resumed" && first.error === LEFT ? second : first) };
}

/** Runs that share a server; what is wrong with how they ended. */
async function round({ faults, runs, cutsSockets }) {
  const before = await comfy.counts();
  await comfy.faults(faults);
  const going = runs.map(run);
  if (cutsSockets) {
    await Promise.race(going);
    await comfy.cutSockets();
  }
  const ends = await Promise.all(going);
  const lost = faults.lose_prompts - (await comfy.faultsLeft()).lose_prompts;
  await comfy.faults();
  const records = await recordsOf(before);
  const ids = ends.map((end) => (end.result?.promptId ?? end.id)?.split(".")[1]);
  const told = await Promise.all(
    runs.map(async ({ way, outputs }, index) =>
      wrongWith(way, ends[index], records.get(ids[index]), outputs),
    ),
  );
  const wrong = told.flatMap((why, index) => (why ? [{ ...runs[index], why }] : []));
  const refused = ends.filter(isRefused).length;
  const early = runs.filter(({ way }) => way === "left early").length;
  if (refused > lost || refused + early < lost) wrong.push({ why: `${lost} were lost, ${refused} refused` });
  return { wrong, faults };
}

/** What the server itself says of the prompts that it has got since, once they have ended; null of one taken from the queue. */
async function recordsOf(before) {
  const { prompts } = await comfy.counts();
  const ids = Object.keys(prompts).filter((id) => !before.prompts[id]);
  const records = new Map();
  for (const id of ids) {
    const ended = async () => {
      const response = await fetch(`${comfy.url}/api/jobs/${id}`);
      const record = response.ok ? await response.json() : null;
      return (record === null || ENDED.has(record.status)) && { record };
    };
    records.set(id, (await until(ended)).record);
  }
  return records;
}

const isRefused = ({ error }) => error?.errorType === "unreachable";

/** Why a run did not end as it should have; undefined if it did. */
async function wrongWith(way, { result, error }, record, outputs) {
  if (error === LEFT) return way.startsWith("left") ? undefined : "left";
  if (isRefused({ error }))
    return record === undefined ? undefined : `refused, though it was ${record?.status}`;
  const told = `${error?.code} ${error?.message} ${result?.status}`;
  if (record?.status === "completed") {
    if (error || result.status !== "success") return `completed, and told as ${told}`;
    return (await isPicture(result, record, routes[outputs])) ? undefined : "another picture";
  }
  if (record?.status === "failed") {
    const isTold = error?.code === "execution_failed" && /a failure on request/.test(error.message);
    return isTold && result?.status === "error" ? undefined : `failed, and told as ${told}`;
  }
  if (way !== "canceled") return `nobody canceled it, and it is ${record?.status}, told as ${told}`;
  const isTold = error?.code === "execution_failed" && result?.status === "canceled";
  return isTold ? undefined : `canceled, and told as ${told}`;
}

/** Whether a result has what the server saved. */
async function isPicture(result, record, { endpoint }) {
  const [{ file, url }] = result.outputs;
  const content = file ?? (await (await fetch(new URL(url, endpoint))).blob());
  const [saved] = Object.values(record.outputs)[0].images;
  const own = await (await fetch(`${comfy.url}/view?${new URLSearchParams(saved)}`)).arrayBuffer();
  return Buffer.from(own).equals(Buffer.from(await content.arrayBuffer()));
}

test(`${RUNS} runs with random faults`, LONG, async (t) => {
  t.diagnostic(`COMFY_SEED=${SEED}`);
  const random = randomFrom(SEED);
  const all = Array.from({ length: Math.ceil(RUNS / AT_ONCE) }, () => drawn(random));
  const rounds = [];
  for (const each of all) rounds.push(await round(each));
  assert.deepEqual(
    rounds.filter(({ wrong }) => wrong.length > 0),
    [],
  );
  const { prompts, interrupts } = await comfy.counts();
  const counted = Object.values(prompts);
  assert.deepEqual(
    counted.filter(({ posted, executed }) => posted !== 1 || executed > 1),
    [],
    "no prompt is queued twice",
  );
  assert.ok(!interrupts.includes(null), "no interrupt that hits whatever runs");
  t.diagnostic(`${RUNS} runs, ${counted.length} prompts queued once each`);
});
