// POST: a run, from the caller's form to its result.

import { parseJson } from "viewcomfy-wasm";

import { answered, concealed } from "../route/answer.js";
import { Refusal } from "../route/refusal.js";
import { cancelPrompt } from "./cancel.js";
import { chooseServer } from "./choose.js";
import { Events, SILENT } from "./events.js";
import { readForm } from "./form.js";
import { queuePrompt } from "./queue.js";
import { resultAnswer, streamAnswer } from "./reply.js";
import { uploadFile } from "./upload.js";
import { Watch } from "./watch.js";
import { prepare } from "./workflow.js";

const TRUE = new Set(["true", "1"]);

/**
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function run(request, settings, ending) {
  const call = { settings, ending };
  /** @type {import("./server.js").ComfyServer | undefined} */
  let server;
  const chosen = async () => {
    server ??= await chooseServer(call);
    return server;
  };
  try {
    const form = await readForm(request, call, async (file) => uploadFile(await chosen(), call, file));
    ending.startWaiting();
    const prepared = await prepare(form, await chosen(), call);
    return await started(request, { form, server: await chosen(), ...prepared }, call);
  } finally {
    if (server) server.begun -= 1;
  }
}

async function started(request, { form, server, prompt, editor }, call) {
  const { settings, ending } = call;
  const [promptId, clientId] = [crypto.randomUUID(), crypto.randomUUID()];
  const id = await settings.signer.runId(server.address, promptId);
  const streamed = TRUE.has(form.texts.get("logs")?.toLowerCase());
  const previews = settings.previews && TRUE.has(form.texts.get("previews")?.toLowerCase());
  const events = streamed ? new Events({ previews }) : undefined;
  const watch = new Watch({ server, promptId, classes: classesOf(prompt) }, call, events ?? SILENT);
  await watch.connect(clientId);
  ending.signal.throwIfAborted();
  const posted = queuePrompt(server, { promptId, clientId, prompt, editor }, settings);
  // Who waits for a plain answer has not got the run's id yet, and cannot come back to it.
  const leaveMs = streamed ? settings.leaveMs : 0;
  const unfollow = cancelWhenLeft({ server, promptId, posted, watch, leaveMs }, call);
  const answer = await ending.for(posted).catch((error) => {
    watch.close();
    throw error;
  });
  if ("refused" in answer) {
    watch.close();
    unfollow();
    return answered(concealed(answer.refused, settings.secrets), { status: 400 });
  }
  for (const line of leftOut(answer.nodeErrors)) events?.log(line);
  const run = { id, server, watch, unfollow, prompt, route: new URL(request.url).pathname };
  return events ? streamAnswer(run, events, call, 201) : resultAnswer(run, call);
}

/** The classes of nodes, where some send what they make by the socket. */
function classesOf(prompt) {
  if (!prompt.includes("SaveImageWebsocket")) return new Map();
  const nodes = Object.entries(parseJson(prompt) ?? {});
  return new Map(nodes.map(([id, node]) => [id, /** @type {any} */ (node)?.class_type]));
}

/** Outputs that ComfyUI leaves out, while it runs the others. */
function leftOut(nodeErrors) {
  return Object.entries(nodeErrors).map(([id, { class_type, errors }]) => {
    const why = (errors ?? []).map(({ message, details }) => (details ? `${message}: ${details}` : message));
    return `Left out by ComfyUI: ${class_type} (node ${id}): ${why.join("; ")}`;
  });
}

/** When the caller leaves before the end, this prompt is cancelled, unless somebody else follows it by then. */
function cancelWhenLeft({ server, promptId, posted, watch, leaveMs }, { settings, ending }) {
  const unfollow = settings.runs.follow(promptId);
  const leave = async () => {
    unfollow();
    watch.close();
    if (watch.isOver) return;
    const taken = await posted.then((answer) => !("refused" in answer)).catch(() => false);
    if (!taken) return;
    if (leaveMs > 0) await new Promise((resolve) => setTimeout(resolve, leaveMs));
    if (settings.runs.count(promptId) > 0) return;
    await cancelPrompt(server, promptId, settings);
  };
  ending.signal.addEventListener("abort", () => void leave().catch((cause) => tellFailure(cause, settings)), {
    once: true,
  });
  return unfollow;
}

async function tellFailure(cause, { onFailure, backend }) {
  const { code, status, message } = Refusal.from(cause, backend);
  try {
    await onFailure?.({ code, status, message: `A run could not be cancelled. ${message}`, cause });
  } catch {}
}
