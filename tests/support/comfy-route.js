// The route in front of ComfyUI on a Node server, and clients of it.

import { createComfyRoute } from "../../pkg/comfyui-node.js";
import init, { ViewComfyClient } from "../../pkg/node.js";
import { toNodeListener } from "../../pkg/proxy-node.js";
import { serve } from "./serve.js";

/** Short intervals, so that tests do not wait for timers. */
const POLL_MS = 20;

/**
 * A route in front of a server; `failures` collects those that it reports.
 *
 * @param {object} options those of `createComfyRoute`
 */
export async function startRoute(options) {
  const failures = [];
  const route = createComfyRoute({
    pollMs: POLL_MS,
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  const server = await serve(toNodeListener(route));
  return { ...server, route, failures, endpoint: `${server.url}/api/comfy` };
}

/** A client that calls over HTTP, or with `route` directly in this process. */
export async function clientOf({ endpoint, route }, inProcess = false) {
  await init();
  return inProcess
    ? new ViewComfyClient({ endpoint: "http://route.invalid/api/comfy", fetch: (request) => route(request) })
    : new ViewComfyClient({ endpoint });
}

/** A form of the protocol for a workflow. */
export function formFor(workflow, { params = {}, logs = "true", ...more } = {}) {
  const form = new FormData();
  form.append("params", JSON.stringify(params));
  form.append("logs", logs);
  if (workflow !== undefined) form.append("workflow_api", JSON.stringify(workflow));
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return form;
}

/** The events of a stream as `{ event, data }`, read to the end or until `until` returns true. */
export async function eventsOf(response, until = () => false) {
  const events = [];
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return events;
    text += value;
    const parts = text.split("\r\n\r\n");
    text = parts.pop();
    for (const part of parts) {
      const lines = part.split("\r\n");
      const field = (name) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      if (field("event").length === 0) continue;
      events.push({ event: field("event")[0], data: field("data").join("\n") });
      if (!until(events.at(-1))) continue;
      await reader.cancel();
      return events;
    }
  }
}
