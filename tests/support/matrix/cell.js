// Runs one cell of the fault matrix, in Node or in a page.

import { describeFailure } from "../describe.js";
import { isWhole } from "./content.js";
import { goOff, leftovers } from "./leftovers.js";

/** How long after the server's last byte a run is ended; by then the client has read it, if it reads at all. */
const READ_MS = 40;

/** Larger than the buffers of a connection, so that a server that does not read blocks the upload. */
const UPLOAD_BYTES = 32 * 1024 * 1024;

const REASON = new Error("seen enough");

/** More than is copied into the wasm at once. */
const MUCH_BYTES = 2 * 1024 * 1024;

/**
 * Reads a response that is available at once. The size of chunks depends on the network and the machine's load, and the
 * buffer for the largest one is allocated when it first arrives: after this it exists.
 */
export async function readMuch(lib) {
  const fetch = async () => new Response(`${" ".repeat(MUCH_BYTES)}{"outputs":[]}`);
  await new lib.ViewComfyClient({ endpoint: "http://answered.test", fetch }).infer({
    params: { "1-inputs-x": 1 },
  });
}

/**
 * @param {object} lib the package
 * @param {object} cell
 * @param {string} cell.way one of the four
 * @param {string} cell.address
 * @param {string} [cell.reached] gets a response once the server has written all that it will
 * @param {boolean} [cell.aborts] ends the run then
 * @param {number} [cell.limitMs] a timeout, which expires then
 * @param {boolean} [cell.uploads] sends a large file along
 * @returns {Promise<{ outcome: object, left: object, wasmBytes: number }>}
 */
export async function runCell(lib, { reached, aborts = false, ...cell }) {
  const controller = new AbortController();
  const { limitMs } = cell;
  const ending = aborts || limitMs ? once(reached, () => end(controller, limitMs)) : undefined;
  const outcome = await outcomeOf(lib, { ...cell, signal: controller.signal });
  await ending;
  return { outcome, left: leftovers(), wasmBytes: globalThis.wasmMemoryBytes() };
}

async function once(reached, work) {
  await fetch(reached);
  await new Promise((resolve) => setTimeout(resolve, READ_MS));
  work();
}

/** The timeout expires when the test says so, on slow and fast machines alike. */
function end(controller, limitMs) {
  if (limitMs) goOff(limitMs);
  else controller.abort(REASON);
}

async function outcomeOf(lib, cell) {
  try {
    const result = await call(lib, cell);
    return { code: "result", whole: await isWhole(result) };
  } catch (error) {
    return error === REASON ? { code: "the reason" } : describeFailure(error);
  }
}

async function call(lib, { way, address, limitMs, uploads, signal }) {
  const limit = limitMs ? { timeoutMs: limitMs } : {};
  if (way === "follow") return lib.follow(address, { signal, ...limit });
  const client = new lib.ViewComfyClient({ endpoint: address, token: "a-token-of-tests", ...limit });
  const file = uploads && { "2-inputs-video": new File([new Uint8Array(UPLOAD_BYTES)], "in.mp4") };
  const request = { params: { "1-inputs-x": 1, ...file }, signal };
  if (way !== "stream") return client[way](request);
  for await (const each of client.stream(request)) if (each.type === "result") return each.result;
  throw new Error("the stream ended without a result");
}
