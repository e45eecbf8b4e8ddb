// What is asked beside runs: resume, look up, cancel; their files; and what a server knows of its classes.

import { answered, concealed, linkAnswerOf } from "../route/answer.js";
import { passedOn } from "../route/link.js";
import { Refusal } from "../route/refusal.js";
import { cancelPrompt } from "./cancel.js";
import { viewPath } from "./download.js";
import { Events } from "./events.js";
import { outputsOf } from "./outputs.js";
import { streamAnswer } from "./reply.js";
import { linkTo } from "./result.js";
import { stateOf } from "./state.js";
import { Watch } from "./watch.js";

const MAX_IDS = 200;
/** How many are looked up at once. */
const AT_ONCE = 5;

/** `?resume=`: the events from now on, then the result. */
export async function resume(request, settings, ending) {
  const call = { settings, ending };
  const { id, server, promptId } = await runOf(request, "resume", settings);
  const state = await stateOf(server, promptId, call);
  if (!state) throw unknownRun();
  const events = new Events({ previews: false });
  const watch = new Watch({ server, promptId }, call, events);
  const route = new URL(request.url).pathname;
  if ("outputs" in state) return streamAnswer({ id, server, watch, route, state }, events, call, 200);
  const unfollow = settings.runs.follow(promptId);
  ending.signal.addEventListener("abort", unfollow, { once: true });
  await watch.overhear();
  return streamAnswer({ id, server, watch, unfollow, route }, events, call, 200);
}

/** `?prompt_ids=`: how these runs stand. */
export async function lookUp(request, settings, ending) {
  const { searchParams, pathname } = new URL(request.url);
  const ids = searchParams.getAll("prompt_ids");
  if (ids.length > MAX_IDS) throw new Refusal("invalid_params", `Ask for at most ${MAX_IDS} runs at once.`);
  const records = new Array(ids.length);
  let next = 0;
  const work = async () => {
    while (next < ids.length) {
      const index = next;
      next += 1;
      records[index] = await recordOf(ids[index], pathname, { settings, ending });
    }
  };
  ending.startWaiting();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answered(concealed(JSON.stringify(records.filter(Boolean)), settings.secrets));
}

async function recordOf(id, route, call) {
  const { settings } = call;
  const run = await settings.signer.readRunId(id);
  const server = settings.servers.find(({ address }) => address === run?.server);
  const state = run && server && (await stateOf(server, run.promptId, call));
  if (!state) return undefined;
  const { status } = state;
  if (!("outputs" in state))
    return {
      prompt_id: id,
      status,
      completed: false,
      ...("position" in state && { queue_position: state.position }),
    };
  const files = outputsOf(state.outputs).flatMap((output) => ("file" in output ? [output] : []));
  const outputs = await Promise.all(
    files.map(async ({ filename, contentType, file }) => ({
      filename,
      content_type: contentType,
      filepath: await linkTo(file, server, settings, route),
    })),
  );
  const [execution_time_seconds, error_data] = [state.seconds, state.error];
  return {
    prompt_id: id,
    status,
    completed: status === "success",
    execution_time_seconds,
    outputs,
    error_data,
  };
}

/** `?cancel=`: whatever else runs there goes on. */
export async function cancel(request, settings, ending) {
  const { id, server, promptId } = await runOf(request, "cancel", settings);
  ending.startWaiting();
  settings.runs.noteCancel(promptId);
  const canceled = await ending.for(cancelPrompt(server, promptId, settings));
  if (!canceled && !(await stateOf(server, promptId, { settings, ending }))) throw unknownRun();
  return answered(JSON.stringify({ prompt_id: id, canceled }));
}

/** `?view=`: a file that a run made. */
export async function view(request, settings, ending) {
  const reference = new URL(request.url).searchParams.get("view") ?? "";
  const found = await settings.signer.readReference(reference);
  const server = settings.servers.find(({ address }) => address === found?.server);
  if (!found || !server) throw new Refusal("link_not_allowed", "The link was not made by this route.");
  ending.startWaiting();
  const response = await server.ask(
    viewPath(found.file),
    { settings, ending },
    { headers: passedOn(request.headers) },
  );
  return linkAnswerOf(response, ending, settings.secrets);
}

/** `?object_info`: what the first server that answers knows of its classes; it may know others after the next start. */
export async function objectInfo(_request, settings, ending) {
  ending.startWaiting();
  let failure;
  for (const server of settings.servers) {
    try {
      const response = await server.ask("/object_info", { settings, ending });
      const answer = linkAnswerOf(response, ending, settings.secrets);
      answer.headers.set("cache-control", "no-store, no-transform");
      return answer;
    } catch (error) {
      if (ending.signal.aborted) throw error;
      failure = error;
    }
  }
  throw failure;
}

async function runOf(request, name, { signer, servers }) {
  const id = new URL(request.url).searchParams.get(name) ?? "";
  const run = await signer.readRunId(id);
  const server = servers.find(({ address }) => address === run?.server);
  if (!run || !server) throw unknownRun();
  return { id, server, promptId: run.promptId };
}

function unknownRun() {
  return new Refusal(
    "unknown_run",
    "There is no such run: it is not of this route, or ComfyUI has forgotten it.",
  );
}
