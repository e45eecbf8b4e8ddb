// Calls as apps write them for the TypeScript client, with its earlier spellings: they compile as they are.

import {
  type FilesData,
  type Infer,
  type InferWithLogs,
  infer,
  inferWithLogsStream,
  isViewComfyError,
  PromptResult,
  S3FilesData,
} from "viewcomfy-wasm/compat";

const apiUrl = "https://example.com/infer";
const clientId = process.env.VIEWCOMFY_CLIENT_ID;
const clientSecret = process.env.VIEWCOMFY_CLIENT_SECRET || "";
const told: unknown[] = [];
const print = (...words: unknown[]) => void told.push(words);
const image = new File([], "in.png", { type: "image/png" });

// Parameters of every type that apps have for them.
const unknowns: Record<string, unknown> = { "52-inputs-image": image, "3-inputs-seed": undefined };
// biome-ignore lint/suspicious/noExplicitAny: the type that the other client declares.
const anything: Record<string, any> = unknowns;
interface Parameters {
  "6-inputs-text": string;
  "3-inputs-steps"?: number;
}
const own: Parameters = { "6-inputs-text": "a cat sorcerer" };
infer({ apiUrl, params: {}, clientId, clientSecret });
infer({ apiUrl, params: unknowns, clientId, clientSecret });
infer({ apiUrl, params: anything, overrideWorkflowApi: undefined, clientId, clientSecret });
infer({ apiUrl, params: own, overrideWorkflowApi: anything, clientId, clientSecret });

// Earlier spellings: no credentials, an underscored workflow that may be null, one object of credentials.
inferWithLogsStream({ apiUrl, params: own, loggingCallback: print });
inferWithLogsStream({ apiUrl, params: own, loggingCallback: print, override_workflow_api: null });
infer({ apiUrl, params: own, secret: { clientId: "id", clientSecret: "secret" } });
infer({ apiUrl, params: own, secret: { token: "token" }, override_workflow_api: "{}" });

// @ts-expect-error an address is needed
infer({ params: own });
// @ts-expect-error the log goes somewhere
inferWithLogsStream({ apiUrl, params: own });
// @ts-expect-error parameters have keys
infer({ apiUrl, params: "a cat sorcerer" });
// @ts-expect-error a misspelt option
infer({ apiUrl, params: own, clientID: "id" });

export async function calls(request: Infer, withLogs: InferWithLogs) {
  let result: PromptResult | null = null;
  result = await inferWithLogsStream(withLogs);
  if (!result) throw new Error("no result");
  const { prompt_id, status, completed, execution_time_seconds, prompt } = result;
  const facts: [string, string, boolean, number] = [prompt_id, status, completed, execution_time_seconds];
  const seed: number = prompt["3"].inputs.seed;
  for (const output of (await infer(request)).outputs) {
    if (output instanceof File) facts[0] = output.name;
    else if (output instanceof S3FilesData) facts[0] = output.filepath;
    const link = output as S3FilesData;
    facts[0] = link.filepath;
  }
  return { facts, seed };
}

const data: FilesData = { filename: "a.png", content_type: "image/png", data: "", size: 0 };
const common = { prompt_id: "", status: "", completed: true, execution_time_seconds: 1, prompt: {} };
export const made = [new PromptResult({ ...common, outputs: [data] }), new PromptResult(common)];

try {
  await infer({ apiUrl, params: own });
} catch (error) {
  if (isViewComfyError(error) && error.code === "empty_params") throw error;
}
