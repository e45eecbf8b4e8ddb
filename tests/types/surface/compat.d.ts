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
export { S3FilesData as S3FileData };
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
export type Where = {
    viewComfyApiUrl: string;
    apiUrl?: undefined;
} | {
    apiUrl: string;
    viewComfyApiUrl?: undefined;
};
export interface Caller {
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    secret?: Secret | undefined;
}
export type Infer = Where & Caller & InferWhat;
export interface InferWhat {
    params: object;
    overrideWorkflowApi?: object | string | null | undefined;
    override_workflow_api?: object | string | null | undefined;
    signal?: AbortSignal | undefined;
    onPromptId?: ((promptId: string) => void) | undefined;
}
export type InferWithLogs = Infer & {
    loggingCallback: (message: string) => void;
};
export type InferCancel = Where & Caller & {
    promptId: string;
};
export function infer(request: Infer): Promise<PromptResult>;
export function inferWithLogsStream(request: InferWithLogs): Promise<PromptResult>;
export function inferCancel(request: InferCancel): Promise<boolean>;
