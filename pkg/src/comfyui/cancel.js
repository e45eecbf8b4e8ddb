// Cancels exactly one prompt, whether it waits or runs.

import { callOfOurOwn, unexpected } from "./server.js";
import { placesOf } from "./state.js";

/** How often it is tried: the caller is gone, and a run that goes on costs time. */
const TRIES = 3;

/**
 * @param {import("./server.js").ComfyServer} server
 * @param {string} promptId
 * @param {import("./options.js").Settings} settings
 * @returns {Promise<boolean>} false when there was nothing to cancel
 */
export async function cancelPrompt(server, promptId, settings) {
  for (let tried = 1; ; tried += 1) {
    const call = callOfOurOwn(settings);
    try {
      return await canceled(server, promptId, call);
    } catch (error) {
      if (tried === TRIES) throw error;
    } finally {
      call.ending.close();
    }
    await new Promise((resolve) => setTimeout(resolve, settings.pollMs));
  }
}

async function canceled(server, promptId, call) {
  const { status, text } = await server.post(`/api/jobs/${promptId}/cancel`, "{}", call);
  if (status === 200) return JSON.parse(text).cancelled === true;
  if (status !== 404 && status !== 405) throw unexpected(status);
  return canceledWithoutJobs(server, promptId, call);
}

/** Servers of earlier versions. The queue is asked first, since the oldest interrupt whatever runs. */
async function canceledWithoutJobs(server, promptId, call) {
  const place = (await placesOf(server, call)).get(promptId);
  if (!place) return false;
  await server.post("/queue", JSON.stringify({ delete: [promptId] }), call);
  const { status } = (await placesOf(server, call)).get(promptId) ?? {};
  if (status === "running") await server.post("/interrupt", JSON.stringify({ prompt_id: promptId }), call);
  return true;
}
