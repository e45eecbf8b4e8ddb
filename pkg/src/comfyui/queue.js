// Puts a prompt into a server's queue, once: a prompt that may have arrived is never posted again.

import { isNotConnected } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { cancelPrompt } from "./cancel.js";
import { callOfOurOwn, unexpected } from "./server.js";
import { stateOf } from "./state.js";

/** So often the server has to say that it does not know a prompt whose answer was lost: it may still be on its way. */
const UNKNOWN_TIMES = 3;
/** So many questions may fail. */
const FAILED_TIMES = 8;

/**
 * Goes on when the caller leaves, as only then it is known what there is to cancel.
 *
 * @param {import("./server.js").ComfyServer} server
 * @param {{ promptId: string, clientId: string, prompt: string, editor: string | undefined }} what
 * @param {import("./options.js").Settings} settings
 * @returns {Promise<{ refused: string } | { nodeErrors: Record<string, any> }>}
 */
export async function queuePrompt(server, what, settings) {
  const call = callOfOurOwn(settings);
  let answer;
  try {
    answer = await server.post("/prompt", bodyOf(what), call);
  } catch (error) {
    if (isNotConnected(error)) throw Refusal.from(error, settings.backend);
    await confirmTaken(server, what.promptId, settings, error);
    return { nodeErrors: {} };
  } finally {
    call.ending.close();
  }
  const { status, text } = answer;
  const json = jsonOf(text);
  if (status === 400 && json?.error) return { refused: text };
  if (status === 413) throw new Refusal("too_large", "The workflow is larger than the ComfyUI server takes.");
  if (status !== 200 || !json) throw unexpected(status);
  return { nodeErrors: json.node_errors ?? {} };
}

function bodyOf({ promptId, clientId, prompt, editor }) {
  const extra = editor === undefined ? "" : `,"extra_data":{"extra_pnginfo":{"workflow":${editor}}}`;
  return `{"prompt_id":"${promptId}","client_id":"${clientId}","prompt":${prompt}${extra}}`;
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a prompt whose answer was lost has arrived. */
async function confirmTaken(server, promptId, settings, cause) {
  let [unknown, failed] = [0, 0];
  while (unknown < UNKNOWN_TIMES && failed < FAILED_TIMES) {
    if (unknown + failed > 0) await new Promise((resolve) => setTimeout(resolve, settings.pollMs));
    const call = callOfOurOwn(settings);
    try {
      if (await stateOf(server, promptId, call)) return;
      unknown += 1;
    } catch {
      failed += 1;
    } finally {
      call.ending.close();
    }
  }
  // Should it arrive all the same, nobody would hear of it.
  await cancelPrompt(server, promptId, settings).catch(() => {});
  throw Refusal.from(cause, settings.backend);
}
