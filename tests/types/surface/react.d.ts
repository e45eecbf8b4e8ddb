import type { AnyParams, InferRequest, Progress, PromptResult, StreamHandlers, ViewComfyClient, } from "./index.js";
export type InferStatus = "idle" | "waiting" | "running" | "done" | "failed" | "cancelled";
export interface UseInferOptions {
    maxLogs?: number;
}
export interface UseInfer<W extends object = AnyParams> {
    run(request?: InferRequest<W> & StreamHandlers): Promise<PromptResult | null>;
    cancel(): void;
    status: InferStatus;
    progress: Progress | null;
    logs: readonly string[];
    result: PromptResult | null;
    error: unknown;
}
export function useInfer<W extends object = AnyParams>(client: ViewComfyClient<W> | null, options?: UseInferOptions): UseInfer<W>;
