// The events of a run: every kind is told apart by its type, and no kind is forgotten.

import { type InferEvent, type Progress, type PromptResult, ViewComfyClient } from "viewcomfy-wasm";

const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });

function describe(event: InferEvent): string {
  switch (event.type) {
    case "open":
      return `${event.status ?? "unknown"} ${event.sent?.json ?? ""}`;
    case "waiting":
      return event.seconds.toFixed(1);
    case "log":
      return event.line;
    case "progress":
      return progressText(event.progress);
    case "error":
      return event.message;
    case "preview":
      return `${event.blob.type} of ${event.nodeId ?? "a node"}`;
    case "result":
      return event.result.outputs.map((output) => output.filename).join();
    default:
      return event satisfies never;
  }
}

function progressText({
  step,
  total,
  percent,
  elapsedSeconds,
  remainingSeconds,
  rate,
  line,
}: Progress): string {
  const known: (number | null)[] = [total, percent, elapsedSeconds, remainingSeconds, rate];
  // @ts-expect-error a total may be unknown
  const left: number = total - step;
  return `${step} ${known.join()} ${left} ${line.trim()}`;
}

let result: PromptResult | undefined;
for await (const event of client.stream({ params: { "6-inputs-text": "a red fox" } })) {
  describe(event);
  if (event.type === "result") result = event.result;
  // @ts-expect-error only a result event has one
  event.result;
}

const events = client.stream();
const step: IteratorResult<InferEvent> = await events.next();
await events.return?.();
// @ts-expect-error it can be iterated once, and only asynchronously
for (const event of events) describe(event);

export { result, step };
