// The demo page with an endpoint whose responses a test defines: outputs and log lines that no healthy deployment sends.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import sirv from "sirv";

import { previewEvent } from "./raw-runs.js";
import { serve } from "./serve.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An output as the service sends it. */
export function output(filename, contentType, content) {
  const bytes = Buffer.from(content);
  return { filename, content_type: contentType, data: bytes.toString("base64"), size: bytes.length };
}

/** The page's own policy, which also blocks what the page itself must not let in. */
const POLICY = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/;

/** The page's document; without the policy, a test sees what the page itself prevents. */
export async function pageDocument({ policy = true } = {}) {
  const html = await readFile(`${root}www/index.html`, "utf8");
  if (!POLICY.test(html)) throw new Error("the page has no policy");
  return policy ? html : html.replace(POLICY, "");
}

/**
 * Starts it. `answer(index, body)` returns the outcome of the run with that index (from 0), or a promise of it:
 * `{ outputs, logs, previews, prompt, more }`, where `more` are other fields of the result, or `{ status, refusal }`; with `hold` the
 * response stays open after its log.
 *
 * @param {(index: number, body: string) => any} answer
 * @param {{ policy?: boolean }} options see `pageDocument`
 */
export async function startScriptedPage(answer, options = {}) {
  const site = sirv(`${root}www`, { dev: true });
  const pkg = sirv(`${root}pkg`, { dev: true });
  const bodies = [];
  const { url, close } = await serve(async (request, response) => {
    if (request.method === "POST") return run(request, response);
    const path = request.url ?? "/";
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      return response.end(await pageDocument(options));
    }
    if (!path.startsWith("/pkg/")) return site(request, response, () => response.writeHead(404).end());
    request.url = path.slice("/pkg".length);
    return pkg(request, response, () => response.writeHead(404).end());
  });

  async function run(request, response) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString("latin1");
    const index = bodies.push(body) - 1;
    const {
      outputs = [],
      logs = [],
      previews = [],
      prompt = {},
      more = {},
      status = 201,
      refusal = { detail: "it is refused" },
      hold = false,
    } = await answer(index, body);
    response.writeHead(status, { "content-type": status === 201 ? "text/event-stream" : "application/json" });
    if (status !== 201) return response.end(JSON.stringify(refusal));
    for (const line of logs) response.write(`event: log_message\ndata: ${line}\n\n`);
    for (const preview of previews) response.write(previewEvent(preview));
    if (hold) return;
    const result = {
      prompt_id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      status: "success",
      completed: true,
      execution_time_seconds: 1.5,
      prompt,
      outputs,
      ...more,
    };
    response.end(`event: prompt_result\ndata: ${JSON.stringify(result)}\n\n`);
  }

  return { url, bodies, close };
}

/** The value of a part of a request's form. */
export function part(body, name) {
  const at = body.indexOf(`name="${name}"`);
  if (at < 0) return null;
  const start = body.indexOf("\r\n\r\n", at) + 4;
  return Buffer.from(body.slice(start, body.indexOf("\r\n--", start)), "latin1").toString();
}
