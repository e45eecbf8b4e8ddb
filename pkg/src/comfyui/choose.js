// Which server a run goes to: the one with the shortest queue.

import { Refusal } from "../route/refusal.js";
import { soon } from "./server.js";

/**
 * Chooses, and counts the run among those that the server was given.
 *
 * @param {import("./server.js").Call} call
 * @returns {Promise<import("./server.js").ComfyServer>}
 */
export async function chooseServer(call) {
  const { servers } = call.settings;
  if (servers.length === 1) return given(servers[0]);
  const asked = await Promise.all(servers.map((server) => lengthOf(server, call)));
  const reachable = asked.filter(({ length }) => length !== undefined);
  if (reachable.length === 0)
    throw new Refusal("unreachable", "None of the ComfyUI servers could be reached.", {
      cause: asked[0].cause,
    });
  // Of runs that ask together, each sees what the ones before it were given.
  const now = ({ server, length, before }) => length + server.given - before;
  return given(reachable.reduce((best, next) => (now(next) < now(best) ? next : best)).server);
}

function given(server) {
  server.begun += 1;
  server.given += 1;
  return server;
}

async function lengthOf(server, call) {
  const bounded = soon(call);
  const { begun, given: before } = server;
  try {
    const { value } = await server.get("/prompt", bounded);
    const remaining = value?.exec_info?.queue_remaining;
    // Runs whose prompts are on their way wait there, too.
    return { server, before, length: Number.isInteger(remaining) ? remaining + begun : undefined };
  } catch (cause) {
    return { server, before, length: undefined, cause };
  } finally {
    bounded.ending.close();
  }
}
