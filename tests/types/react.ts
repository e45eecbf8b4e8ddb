// The hook's types: the parameters of one workflow reach `run`, and each state has its parts.

import { ViewComfyClient } from "viewcomfy-wasm";
import { type InferStatus, type UseInfer, useInfer } from "viewcomfy-wasm/react";

interface MyWorkflow {
  "6-inputs-text": string;
  "3-inputs-seed": number | bigint | "random";
}

const client = new ViewComfyClient<MyWorkflow>({ endpoint: "/api/viewcomfy" });

export function App() {
  const { run, cancel, status, progress, logs, result, error } = useInfer(client);
  run({ params: { "6-inputs-text": "a red fox", "3-inputs-seed": "random" } });
  run();
  // Handlers and a signal of the request's own are taken.
  run({ onLog: (line) => line.trim(), onWaiting: (seconds) => seconds + 1, signal: AbortSignal.timeout(5) });
  // @ts-expect-error a misspelt key
  run({ params: { "6-inputs-txt": "a red fox" } });
  // @ts-expect-error another type than the workflow's
  run({ params: { "3-inputs-seed": "five" } });
  // @ts-expect-error an event handler gets an event, which is not a request
  const onClick: (event: { clientX: number }) => void = run;
  const outcome: Promise<unknown> = run();
  cancel();
  const percent: number | null = progress?.percent ?? null;
  const now: InferStatus = status;
  const first: string | undefined = logs[0];
  // @ts-expect-error the lines are React's to compare, not to be changed
  logs.push("a line");
  const file: File | null | undefined = result?.outputs[0]?.file;
  if (error instanceof Error) return error.message;
  return [onClick, outcome, percent, now, first, file];
}

// Without the wasm there is no client yet, and any workflow's keys are taken.
export function Any({ later }: { later: ViewComfyClient | null }) {
  const hook: UseInfer = useInfer(later, { maxLogs: 100 });
  hook.run({ params: { "6-inputs-text": "a red fox", anything: 5n } });
  // @ts-expect-error not one of the states
  return hook.status === "finished";
}

export function Wrong() {
  // @ts-expect-error a client is needed, or null
  useInfer();
  // @ts-expect-error lines are counted
  useInfer(client, { maxLogs: "all" });
}
