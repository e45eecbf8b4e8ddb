// Which server a run goes to: the one with the shortest queue.

import { Refusal } from "../route/refusal.js";
import { soon } from "./server.js";

/**
 * @param {import("./server.js").Call} call
 * @returns {Promise<import("./server.js").ComfyServer>}
 */
export async function chooseServer(call) {
  const { servers } = call.settings;
  if (servers.length === 1) return servers[0];
  const asked = await Promise.all(servers.map((server) => lengthOf(server, call)));
  const reachable = asked.filter(({ length }) => length !== undefined);
  if (reachable.length === 0)
    throw new Refusal("unreachable", "None of the ComfyUI servers could be reached.", {
      cause: asked[0].cause,
    });
  return reachable.reduce((best, next) => (next.length < best.length ? next : best)).server;
}

async function lengthOf(server, call) {
  const bounded = soon(call);
  try {
    const { value } = await server.get("/prompt", bounded);
    const remaining = value?.exec_info?.queue_remaining;
    // Runs whose prompts are on their way wait there, too.
    return { server, length: Number.isInteger(remaining) ? remaining + server.begun : undefined };
  } catch (cause) {
    return { server, length: undefined, cause };
  } finally {
    bounded.ending.close();
  }
}
