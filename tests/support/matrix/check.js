// Runs a cell of the fault matrix and checks its outcome, the requests that the servers received, and what is left over.

import { differences } from "../faults.js";
import { closedAddress } from "../serve.js";
import { ROWS } from "./rows.js";
import { startFaultServer } from "./server.js";

/**
 * How many bytes more than successful runs need the wasm may have: some pages, because small allocations come and go in a
 * different order each time and leave different gaps. If each cell kept its result, it would be 13 MB.
 */
export const ROOM = 512 * 1024;

const CREDENTIALS = ["authorization", "client_id", "client_secret"];
let cells = 0;

/** The two servers of the matrix: the page's own, and one with another origin. */
export async function startFaultServers(options) {
  const other = await startFaultServer(ROWS, options);
  const here = await startFaultServer(ROWS, { ...options, elsewhere: other.url });
  return {
    here,
    other,
    close: () => Promise.all([here.close(), other.close()]),
  };
}

/** The exception of a row for an engine and a way, if it has one. */
export function exceptionOf(row, way, engine) {
  return row.except?.find(({ engines, ways }) => engines.includes(engine) && (ways?.includes(way) ?? true));
}

/** The expected outcome of a cell; null if it cannot happen. */
export function expectationOf(row, way, engine) {
  const { infer, streamed, follow, pages } = row;
  if (pages && engine === "node") return null;
  // Node has no EventSource: there a run is followed with fetch, like a streamed one.
  const followed = follow && engine === "node" ? streamed : follow;
  const expected = { infer, follow: followed }[way];
  const usual = expected === undefined ? streamed : expected;
  return usual && (exceptionOf(row, way, engine)?.gives ?? usual);
}

/** How many requests arrive: a number, or `{ from }` if it may be more. */
function askedBy(row, way, engine) {
  return exceptionOf(row, way, engine)?.asked ?? row.asked?.[way] ?? row.asked ?? 1;
}

/**
 * The differences between a cell and its row.
 *
 * @param {object} cell
 * @param {import("./rows.js").Row} cell.row
 * @param {string} cell.way
 * @param {string} cell.engine
 * @param {Awaited<ReturnType<typeof startFaultServers>>} cell.servers
 * @param {(cell: object) => Promise<{ outcome: object, left: object }>} cell.run runs it in Node or in a page
 * @param {(work: () => Promise<void>) => Promise<void>} [cell.hidden] does something while the page is hidden
 * @returns {Promise<string[]>}
 */
export async function differencesOf({ row, way, engine, servers, run, hidden }) {
  cells += 1;
  const id = `${cells}`;
  const { here, other } = servers;
  const server = row.where === "elsewhere" ? other : here;
  const address = row.where === "refused" ? await closedAddress() : server.address(row, way, id);
  const { aborts, limitMs, uploads } = row;
  const cell = { way, address, reached: `${here.url}/reached/${id}`, aborts, limitMs, uploads };
  const told = await arranged({ row, server, id, cell, run, hidden });
  const exchanges = await server.settled(id);
  const away = server === here ? await other.settled(id) : [];
  const asked = askedBy(row, way, engine);
  return [
    ...told.flatMap(({ outcome, left }, at) => [
      ...wrongIn(outcome, at === 0 ? expectationOf(row, way, engine) : { code: "result", whole: true }),
      ...Object.entries(left).flatMap(([what, count]) => (count > 0 ? [`${count} ${what} are left`] : [])),
    ]),
    ...(exchanges.length === asked || exchanges.length >= asked.from
      ? []
      : [`${exchanges.length} requests arrived, and not ${asked}`]),
    ...(aborts || limitMs ? exchanges.flatMap(notLeft) : []),
    ...away.flatMap(({ request }) => CREDENTIALS.filter((name) => name in request.headers)),
    ...told.flatMap(({ outcome }) =>
      JSON.stringify(outcome).includes("a-token-of-tests") ? ["a secret"] : [],
    ),
  ];
}

/** Runs it, or twice if the connection is lost in between. */
async function arranged({ row, server, id, cell, run, hidden }) {
  if (row.where === "hidden") {
    const told = [];
    await hidden(async () => {
      told.push(await run(cell));
    });
    return told;
  }
  if (row.where !== "lost") return [await run(cell)];
  const first = run(cell);
  await server.reached(id);
  await server.leave();
  const lost = await first;
  await server.back();
  return [lost, await run(cell)];
}

/** A run that the caller ends must be aborted at the server too, even while it is being sent. */
function notLeft({ state, request, row }) {
  if (state !== "left") return [`the request was ${state} at the server`];
  return row.uploads && request.complete ? ["all of the upload arrived"] : [];
}

function wrongIn(outcome, expected) {
  if (outcome.name === "ViewComfyError") return differences(outcome, expected);
  const { code, whole } = expected;
  if (outcome.code === code && outcome.whole === whole) return [];
  return [`it gave ${JSON.stringify(outcome)}, expected ${code}`];
}
