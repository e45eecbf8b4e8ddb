// Runs, results and failures as plain data, so that the same expectation holds in Node and, sent out of a
// page, in a browser. No imports: this file is loaded by both.

const FACTS = [
  "name",
  "code",
  "message",
  "status",
  "body",
  "errorType",
  "retryAfterMs",
  "nodeErrors",
  "key",
  "nearest",
  "line",
  "column",
  "offset",
  "outputIndex",
  "limit",
  "filename",
  "reason",
  "nodeId",
  "input",
  "format",
  "logs",
  "errorData",
];

/** The four ways to one result. */
export const WAYS = ["infer", "inferWithLogs", "stream", "follow"];

/** All facts of a failure. */
export function describeFailure(error) {
  const facts = Object.fromEntries(
    FACTS.map((name) => [name, error?.[name]]).filter(([, fact]) => fact !== undefined),
  );
  const hasCause = error instanceof Error && "cause" in error && error.cause !== undefined;
  return {
    ...facts,
    ...(hasCause ? { cause: `${error.cause}` } : {}),
    ...(error?.result
      ? { resultStatus: error.result.status, resultOutputs: error.result.outputs.length }
      : {}),
    isError: error instanceof Error,
    hasStack: typeof error?.stack === "string",
    text: `${error}`,
  };
}

/** Describes the error of `work`; if it does not fail, the description says so. */
export async function failureOf(work) {
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    return describeFailure(error);
  }
  return { code: "nothing was thrown", outcome: `${outcome}` };
}

/** Describes a result, with its outputs read to the last byte. */
export async function describeResult(result) {
  return {
    promptId: result.promptId,
    status: result.status,
    completed: result.completed,
    executionTimeSeconds: result.executionTimeSeconds,
    promptJson: result.promptJson,
    outputs: await Promise.all(result.outputs.map(describeOutput)),
    sent: result.sent && { json: result.sent.json, warnings: result.sent.warnings },
  };
}

async function describeOutput(output) {
  const bytes = new Uint8Array(await (await output.blob()).arrayBuffer());
  return {
    filename: output.filename,
    contentType: output.contentType,
    size: output.size,
    url: output.url,
    isFile: output.file instanceof File,
    fileName: output.file?.name ?? null,
    fileType: output.file?.type ?? null,
    fileSize: output.file?.size ?? null,
    length: bytes.length,
    signature: hex(bytes.subarray(0, 8)),
    sha256: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))),
    text: pngText(bytes),
  };
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The `tEXt` chunks of a PNG by keyword: ComfyUI keeps the workflow in `prompt`. */
function pngText(bytes) {
  const texts = {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latin1 = new TextDecoder("latin1");
  for (let at = 8; at + 12 <= bytes.length; at += view.getUint32(at) + 12) {
    const length = view.getUint32(at);
    if (latin1.decode(bytes.subarray(at + 4, at + 8)) !== "tEXt") continue;
    const [keyword, text] = latin1.decode(bytes.subarray(at + 8, at + 8 + length)).split("\0");
    texts[keyword] = text;
  }
  return texts;
}

/**
 * Runs a request in one of the four ways.
 *
 * @param {object} lib the package
 * @param {string} way one of {@link WAYS}
 * @param {object} options the client's options; `endpoint` is the address of POST /infer, `query` is appended
 * @returns {Promise<{ result: object, events: object[] }>} the result itself and all events before it
 */
export async function runAs(lib, way, { endpoint, query = "", ...options }, request = {}) {
  const client = new lib.ViewComfyClient({ endpoint: `${endpoint}/infer${query}`, ...options });
  const events = [];
  const handlers = {
    onOpen: ({ type, status }) => events.push({ type, status }),
    onLog: (line) => events.push({ type: "log", line }),
    onProgress: (progress) => events.push({ type: "progress", progress }),
    onError: (message) => events.push({ type: "error", message }),
    onWaiting: (seconds) => events.push({ type: "waiting", seconds }),
  };
  if (way === "infer") return { result: await client.infer(request), events };
  if (way === "inferWithLogs")
    return { result: await client.inferWithLogs({ ...request, ...handlers }), events };
  if (way === "follow") {
    const address = await begin(lib, endpoint, request);
    const { waitingAfterSeconds, timeoutMs, rewriteUrl } = options;
    const settings = { waitingAfterSeconds, timeoutMs, rewriteUrl, signal: request.signal };
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    return { result: await lib.follow(`${address}${query}`, { ...handlers, ...given }), events };
  }
  for await (const event of client.stream(request)) {
    if (event.type === "result") return { result: event.result, events };
    events.push(event.type === "open" ? { type: event.type, status: event.status } : event);
  }
  throw new Error("the stream ended without a result");
}

/** Starts a run that does not depend on its client. @returns {Promise<string>} where its events can be read by GET */
export async function begin(lib, endpoint, request) {
  const built = lib.buildParams(request.params ?? {}, { workflow: request.workflow ?? request.workflowApi });
  const form = new FormData();
  form.set("params", built.json);
  form.set("logs", "true");
  if (request.workflowApi !== undefined) form.set("workflow_api", request.workflowApi);
  for (const { key, file, filename } of built.files) form.set(key, file, filename);
  const headers = { authorization: "Bearer local-token" };
  const answer = await fetch(`${endpoint}/runs`, { method: "POST", body: form, headers });
  if (answer.status !== 201) throw new Error(`POST /runs returned ${answer.status}: ${await answer.text()}`);
  const { events } = await answer.json();
  return new URL(events, `${endpoint}/`).href;
}
