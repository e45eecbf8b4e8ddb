// Uses the types of every entry that has no platform of its own.

import init, { flattenWorkflow, isViewComfyError, type PromptResult, ViewComfyClient } from "viewcomfy-wasm";
import { infer, type PromptResult as NamedAsThere } from "viewcomfy-wasm/compat";
import initInline, { type ViewComfyClient as SameClient } from "viewcomfy-wasm/inline";
import initInspect, { findWorkflow, type Problem } from "viewcomfy-wasm/inspect";

interface MyWorkflow {
  "6-inputs-text": string;
  "3-inputs-seed": number | bigint | "random";
}

export async function everything(file: Blob): Promise<[PromptResult, NamedAsThere, Problem[]]> {
  await Promise.all([init(), initInline(), initInspect()]);
  const found = await findWorkflow(file);
  const keys: string[] = Object.keys(flattenWorkflow(found?.prompt?.json ?? "{}"));
  const client: SameClient<MyWorkflow> = new ViewComfyClient<MyWorkflow>({ endpoint: "/api/viewcomfy" });
  // @ts-expect-error: a typo in a parameter key
  client.infer({ params: { "6-inputs-txt": keys[0] } });
  try {
    const result = await client.infer({ params: { "6-inputs-text": "a red fox" } });
    return [result, await infer({ apiUrl: "/api/viewcomfy", params: { "6-inputs-text": "a fox" } }), []];
  } catch (error) {
    if (isViewComfyError(error)) error.code satisfies string;
    throw error;
  }
}
