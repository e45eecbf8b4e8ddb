// POST: begins a run and tells of it.

import { answered } from "../route/answer.js";
import { uploadOf } from "../route/upload.js";
import { anyForm } from "../route/urlencoded.js";
import { CloudCalls } from "./calls.js";
import { Following } from "./following.js";
import { schedule } from "./scheduling.js";
import { answerOfRun } from "./telling.js";

const NO = /^(?:|false|0|no|off)$/i;

/**
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function run(request, settings, ending) {
  const id = crypto.randomUUID();
  const calls = new CloudCalls(settings, ending);
  const following = new Following(calls, id, settings, ending);
  const onLeave = leaving(id, calls, settings);
  request.signal.addEventListener("abort", onLeave, { once: true });
  try {
    const { form, held } = await formOf(request, settings, ending, following, id);
    const refusal = await schedule(calls, id, form, settings, ending);
    if (refusal) {
      following.close();
      return refusal;
    }
    const context = { id, calls, settings, ending, route: new URL(request.url).pathname };
    const streamed = !NO.test(held.get("logs") ?? "");
    const { body, init } = answerOfRun(following, context, { status: 201, streamed, onLeave });
    return answered(body, init);
  } catch (error) {
    following.close();
    throw error;
  }
}

/** The caller's form, and behind it what the API wants to know besides. */
async function formOf(request, settings, ending, following, id) {
  const held = new Map([
    ["logs", ""],
    ["previews", ""],
  ]);
  let begin = () => {};
  /** @type {() => Promise<[string, string][]>} */
  const added = async () => {
    const sid = await following.sid();
    begin();
    /** @type {[string, string][]} */
    const texts = [
      ["prompt_id", id],
      ["view_comfy_api_url", `${settings.apiUrl}`],
    ];
    return sid === undefined ? texts : [...texts, ["sid", sid]];
  };
  const upload = await uploadOf(request, settings, ending, {
    held,
    added,
    events: anyForm(request, settings, ending),
  });
  if (upload.body instanceof Uint8Array) return { form: upload, held };
  // The limit of the call counts from the end of a body that is still coming.
  const whenSent = (start) => {
    begin = start;
  };
  return { form: { ...upload, whenSent }, held };
}

/** Leaving ends nothing, unless the app wants it so. */
function leaving(id, calls, { cancelOnLeave }) {
  let hasLeft = false;
  return () => {
    if (!cancelOnLeave || hasLeft) return;
    hasLeft = true;
    calls
      .detached()
      .cancel(id)
      .catch(() => {});
  };
}
