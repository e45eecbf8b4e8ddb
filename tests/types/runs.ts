// Runs followed again, looked up and cancelled, and many at once.

import { type EndedRun, type PromptResult, type RunRecord, ViewComfyClient } from "viewcomfy-wasm";

const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });

let promptId: string | null = null;
await client.inferWithLogs({
  onOpen: (open) => {
    promptId = open.promptId;
  },
  onPreview: (blob, { nodeId }) => void [blob.size, nodeId?.length],
});

const result: PromptResult = await client.resume("id", { onLog: (line) => void line.length, maxResumes: 1 });
const records: RunRecord[] = await client.lookUp(["a", "b"] as const, { timeoutMs: 1 });
const canceled: boolean = await client.cancel("a", { signal: new AbortController().signal });
// @ts-expect-error nothing is run, so there is nothing to send
client.resume("id", { params: {} });

const kept: EndedRun<object>[] = [];
const requests = [{ params: { "3-inputs-seed": 1 }, name: "one" }];
for await (const ended of client.runMany(requests, { concurrency: 2 })) {
  const name: string = ended.request.name;
  // @ts-expect-error one of the two is null
  ended.result.outputs.length;
  const told: string = ended.error ? ended.error.message : `${name} ${ended.result.outputs.length}`;
  kept.push(ended, { ...ended, request: told.split("") });
}

// @ts-expect-error an option that there is not
client.runMany(requests, { atOnce: 2 });

export { canceled, kept, promptId, records, result };
