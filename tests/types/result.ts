// What a run hands out, and that it cannot be written to.

import type { BuiltParams, Json, Output, PromptResult } from "viewcomfy-wasm";

declare const result: PromptResult;
declare const output: Output;

const facts: [string | null, string | null, boolean | null, number | null] = [
  result.promptId,
  result.status,
  result.completed,
  result.executionTimeSeconds,
];
const prompt: Json = result.prompt;
const exact: string | null = result.promptJson;
const sent: BuiltParams | null = result.sent;
const plain: object = result.toJSON();

// Content or link: either may be missing, blob() works for both.
const content: File | null = output.file;
const link: string | null = output.url;
const blob: Promise<Blob> = output.blob();
output.blob({ signal: AbortSignal.abort() });
if (output.file) URL.createObjectURL(output.file);
// @ts-expect-error an output may be a link
URL.createObjectURL(output.file);
// @ts-expect-error a size may be unknown
const size: number = output.size;
// @ts-expect-error an output may not be there
const first: Output = result.outputs[0];

// @ts-expect-error results are read only
result.status = "success";
// @ts-expect-error outputs are read only
output.filename = "other.png";

export { blob, content, exact, facts, first, link, plain, prompt, sent, size };
