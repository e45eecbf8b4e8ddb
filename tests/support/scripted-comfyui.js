// A ComfyUI server of version 0.3.64, or of one with jobs, for what only nodes cause that the stand-in does not have: the test itself
// sends the messages of a run that such a node would cause.

import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { WebSocketServer } from "ws";

import { answerAsComfy } from "./small-comfyui.js";

/**
 * Starts one that has a single run: it begins when it is posted, and lasts until `end` is called.
 *
 * @param {{ hasJobs?: boolean }} [options] whether it is of a version with `/api/jobs`
 */
export async function startScriptedComfy({ hasJobs = false } = {}) {
  const sockets = new Map();
  const history = {};
  const messages = [];
  /** @type {{ id: string, clientId: string, item: unknown[] } | undefined} */
  let running;
  /** Whether questions for the queue fail, and how many have. */
  const questions = { areFailing: false, failed: 0 };

  const answers = {
    ...(hasJobs && { "GET api": jobOf }),
    "GET queue": () => ({ queue_running: running ? [running.item] : [], queue_pending: [] }),
    "GET history": (id) => (history[id] ? { [id]: history[id] } : {}),
    "POST prompt"(_, body) {
      const { prompt_id: id, client_id: clientId, prompt } = JSON.parse(body);
      running = { id, clientId, item: [1, id, prompt, { client_id: clientId }, []] };
      tellStatus();
      return { prompt_id: id, number: 1, node_errors: {} };
    },
  };

  function jobOf(id) {
    const entry = history[id];
    if (!entry) return { id, status: "in_progress" };
    const { outputs, prompt, status } = entry;
    return {
      ...{ id, outputs, status: status.status_str === "success" ? "completed" : "failed" },
      ...{ execution_status: status, workflow: { prompt: prompt[2], extra_data: prompt[3] } },
    };
  }

  function odd(request, response) {
    const [, path, ...rest] = request.url.split("/");
    if (path === "queue" && questions.areFailing) {
      questions.failed += 1;
      response.writeHead(500).end();
      return true;
    }
    const answer = answers[`${request.method} ${path}`];
    if (!answer && path !== "api") return false;
    if (!answer) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("404: Not Found");
      return true;
    }
    void text(request).then((body) => {
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(answer(rest.at(-1), body)));
    });
    return true;
  }

  const statusNow = () => ({ status: { exec_info: { queue_remaining: running ? 1 : 0 } } });
  const send = (clientId, type, data) => sockets.get(clientId).send(JSON.stringify({ type, data }));
  const tell = (type, data) => send(running.clientId, type, { ...data, prompt_id: running.id });

  function tellStatus() {
    for (const clientId of sockets.keys()) send(clientId, "status", statusNow());
  }

  const server = createServer(answerAsComfy({ odd }));
  const webSockets = new WebSocketServer({ server, path: "/ws" });
  webSockets.on("connection", (socket, request) => {
    const sid = new URL(request.url, "http://comfyui").searchParams.get("clientId");
    sockets.set(sid, socket);
    socket.on("close", () => sockets.delete(sid));
    send(sid, "status", { ...statusNow(), sid });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    questions,
    /** Tells all sockets the length of the queue, as when a prompt of another caller comes or goes. */
    tellStatus,
    /** Sends a message about the run that the history does not keep. */
    tell,
    /** Sends one that it keeps. */
    note(type, data = {}) {
      const noted = { ...data, prompt_id: running.id, timestamp: Date.now() };
      messages.push([type, noted]);
      tell(type, noted);
    },
    /** These nodes are executed, one after the other. */
    enter(...nodes) {
      for (const node of nodes) tell("executing", { node, display_node: node });
    },
    /** Ends the run; the history has the status that the last executed node left behind. */
    end(isSuccess) {
      const { id, clientId, item } = running;
      const status = { status_str: isSuccess ? "success" : "error", completed: isSuccess, messages };
      history[id] = { prompt: item, outputs: {}, status, meta: {} };
      running = undefined;
      tellStatus();
      send(clientId, "executing", { node: null, prompt_id: id });
      const entries = [{ t: new Date().toISOString(), m: "Prompt executed in 0.01 seconds\n" }];
      send(clientId, "logs", { entries, size: null });
    },
    async close() {
      for (const socket of webSockets.clients) socket.terminate();
      webSockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
