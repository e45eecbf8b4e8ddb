export interface S3FilesData {
    filename: string;
    content_type: string;
    filepath: string;
    size: number;
}
export interface PromptResult {
    prompt_id: string;
    status: string;
    completed: boolean;
    execution_time_seconds: number;
    prompt: Record<string, any>;
    outputs: (File | S3FilesData)[];
}
export interface Infer {
    apiUrl: string;
    params: Record<string, any>;
    overrideWorkflowApi?: Record<string, any> | string | undefined;
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    signal?: AbortSignal | undefined;
}
export interface InferWithLogs extends Infer {
    loggingCallback: (message: string) => void;
}
export function infer(request: Infer): Promise<PromptResult>;
export function inferWithLogsStream(request: InferWithLogs): Promise<PromptResult>;
