// The client's options and its calls.

import {
  type BuiltParams,
  type ClientOptions,
  follow,
  type InferRequest,
  type Progress,
  type PromptResult,
  ViewComfyClient,
} from "viewcomfy-wasm";

const endpoint = "https://example.com/infer";

// Each way of credentials, and none.
new ViewComfyClient({ endpoint });
new ViewComfyClient({ endpoint: new URL(endpoint), clientId: "id", clientSecret: "secret" });
new ViewComfyClient({ endpoint, token: "token" });
new ViewComfyClient({ endpoint, token: () => "token" });
new ViewComfyClient({ endpoint, token: async () => "token" });
new ViewComfyClient({ endpoint: "/api/viewcomfy", headers: { "x-session": "1" }, credentials: "include" });
new ViewComfyClient({ endpoint, headers: new Headers(), fetch: (request) => fetch(request) });
// The global fetch fits as it is.
new ViewComfyClient({ endpoint, fetch });

const all: Required<ClientOptions> = {
  endpoint,
  clientId: "id",
  clientSecret: "secret",
  token: "token",
  headers: [["x-session", "1"]],
  credentials: "omit",
  fetch,
  timeoutMs: 0,
  maxResultBytes: 0,
  maxEventBytes: 0,
  waitingAfterSeconds: 5,
  rewriteUrl: (url) => url.replace("https:", ""),
  objectInfo: "{}",
  maxResumes: 0,
};
const client = new ViewComfyClient(all);

// @ts-expect-error an endpoint is needed
new ViewComfyClient({});
// @ts-expect-error options are needed
new ViewComfyClient();
// @ts-expect-error not one of fetch's words
new ViewComfyClient({ endpoint, credentials: "always" });
// @ts-expect-error a token is text
new ViewComfyClient({ endpoint, token: 42 });
// @ts-expect-error a misspelt option
new ViewComfyClient({ endpoint, clientID: "id" });

const request: InferRequest = {
  params: { "3-inputs-seed": "random" },
  checkAgainst: "{}",
  workflowApi: new Uint8Array(),
  signal: AbortSignal.timeout(1_000),
  timeoutMs: 1_000,
  maxResultBytes: 1_000_000,
  maxEventBytes: 1_000,
};
const plain: Promise<PromptResult> = client.infer(request);
client.infer();
// @ts-expect-error a plain call has no log to hand out
client.infer({ onLog: () => undefined });
// @ts-expect-error a signal, not its controller
client.infer({ signal: new AbortController() });

const streamed: Promise<PromptResult> = client.inferWithLogs({
  ...request,
  onOpen({ status, sent }) {
    const code: number | null = status;
    const what: BuiltParams | null = sent;
    return { code, what };
  },
  onLog: (line) => line.trimEnd(),
  onProgress: ({ step, percent }: Progress) => [step.toFixed(), percent?.toFixed()],
  onError: (message) => message.trim(),
  onWaiting: (seconds) => seconds.toFixed(),
});
client.inferWithLogs({
  onLog(line) {
    return line;
  },
});
// @ts-expect-error a log line is text
client.inferWithLogs({ onLog: (line: number) => line });

const followed: Promise<PromptResult> = follow("/runs/1/events", { withCredentials: true, timeoutMs: 0 });
follow(new URL("https://example.com/runs/1/events"), { onProgress: (progress) => progress.line });
// @ts-expect-error EventSource sends no headers
follow("/runs/1/events", { headers: {} });

export { followed, plain, streamed };
