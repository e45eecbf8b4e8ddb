export { isViewComfyError } from "./index.js";
export class S3FilesData {
    constructor(data: {
        filename: string;
        content_type: string;
        filepath: string;
        size: number;
    });
    filename: string;
    content_type: string;
    filepath: string;
    size: number;
}
export interface FilesData {
    filename: string;
    content_type: string;
    data: string;
    size: number;
}
export class PromptResult {
    constructor(data: {
        prompt_id: string;
        status: string;
        completed: boolean;
        execution_time_seconds: number;
        prompt: object;
        outputs?: readonly (File | FilesData | S3FilesData)[] | undefined;
    });
    prompt_id: string;
    status: string;
    completed: boolean;
    execution_time_seconds: number;
    prompt: Record<string, any>;
    outputs: (File | S3FilesData)[];
}
export interface Secret {
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    token?: string | undefined;
}
export interface Infer {
    apiUrl: string;
    params: object;
    overrideWorkflowApi?: object | string | null | undefined;
    override_workflow_api?: object | string | null | undefined;
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    secret?: Secret | undefined;
    signal?: AbortSignal | undefined;
}
export interface InferWithLogs extends Infer {
    loggingCallback: (message: string) => void;
}
export function infer(request: Infer): Promise<PromptResult>;
export function inferWithLogsStream(request: InferWithLogs): Promise<PromptResult>;
