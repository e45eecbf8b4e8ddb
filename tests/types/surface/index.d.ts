import type { ConvertWarning, FileFormat } from "./inspect.js";
export type Json = string | number | bigint | boolean | null | Json[] | {
    [key: string]: Json;
};
export type WorkflowInput = string | Uint8Array | ArrayBuffer | object;
export type FlatParams = Record<string, Json>;
export interface MaskedImage {
    image: Blob;
    mask: Blob;
}
export type ParamValue = Json | Blob | MaskedImage;
export type AnyParams = Record<string, ParamValue>;
export type Params<W extends object = AnyParams> = string extends keyof W ? Readonly<Record<string, ParamValue>> | ReadonlyMap<string, ParamValue> : Readonly<Partial<W>>;
export type Seed = number | bigint | "random";
export type Integer = number | bigint;
export type ImageParam = Blob | MaskedImage | string;
export type FileParam = Blob | string;
export type NodeLink = [
    node: string,
    output: number
];
export interface ParamWarning {
    code: "overrides_link" | "type_mismatch" | "not_finite" | "not_a_choice";
    key: string;
    message: string;
}
export interface FilePart {
    key: string;
    filename: string;
    file: Blob;
}
export interface BuiltParams {
    json: string;
    files: FilePart[];
    warnings: ParamWarning[];
    seeds: Record<string, bigint>;
    values: Record<string, ParamValue>;
}
export function parseJson(text: string): Json;
export function stringifyJson(value: unknown, indent?: number): string;
export type InitInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;
export default function init(input?: InitInput | Promise<InitInput>): Promise<void>;
export function flattenWorkflow(workflow: WorkflowInput): FlatParams;
export function flattenWorkflowToJson(workflow: WorkflowInput, indent?: number): string;
export function applyParams<W extends object = AnyParams>(workflow: WorkflowInput, params: Params<NoInfer<W>>): string;
export type ObjectInfoSource = string | Uint8Array | ArrayBuffer | object | {
    subset(workflow: WorkflowInput): string;
};
export interface BuildOptions {
    checkAgainst?: WorkflowInput;
    workflow?: WorkflowInput;
    objectInfo?: ObjectInfoSource;
}
export function buildParams<W extends object = AnyParams>(params: Params<NoInfer<W>>, options?: BuildOptions): BuiltParams;
export interface ClientOptions {
    endpoint: string | URL;
    clientId?: string;
    clientSecret?: string;
    token?: string | (() => string | Promise<string>);
    headers?: HeadersInit;
    credentials?: RequestCredentials;
    fetch?: (request: Request) => Promise<Response>;
    timeoutMs?: number;
    maxResultBytes?: number;
    maxEventBytes?: number;
    waitingAfterSeconds?: number;
    rewriteUrl?: (url: string) => string;
    objectInfo?: ObjectInfoSource;
    maxResumes?: number;
}
export interface InferRequest<W extends object = AnyParams> {
    params?: Params<W>;
    checkAgainst?: WorkflowInput;
    workflow?: WorkflowInput;
    objectInfo?: ObjectInfoSource;
    workflowApi?: WorkflowInput;
    signal?: AbortSignal;
    timeoutMs?: number;
    maxResultBytes?: number;
    maxEventBytes?: number;
    maxResumes?: number;
    previews?: boolean;
}
export interface Progress {
    step: number;
    total: number | null;
    percent: number | null;
    elapsedSeconds: number | null;
    remainingSeconds: number | null;
    rate: number | null;
    line: string;
}
export interface StreamHandlers {
    onOpen?(event: OpenEvent): void;
    onLog?(line: string): void;
    onProgress?(progress: Progress): void;
    onError?(message: string): void;
    onWaiting?(seconds: number): void;
    onPreview?(blob: Blob, about: {
        nodeId: string | null;
    }): void;
}
export interface OpenEvent {
    type: "open";
    status: number | null;
    promptId: string | null;
    sent: BuiltParams | null;
}
export type InferEvent = OpenEvent | {
    type: "waiting";
    seconds: number;
} | {
    type: "log";
    line: string;
} | {
    type: "progress";
    progress: Progress;
} | {
    type: "error";
    message: string;
} | {
    type: "preview";
    blob: Blob;
    nodeId: string | null;
} | {
    type: "result";
    result: PromptResult;
};
export interface ResumeOptions extends StreamHandlers {
    signal?: AbortSignal;
    timeoutMs?: number;
    maxResultBytes?: number;
    maxEventBytes?: number;
    maxResumes?: number;
}
export interface CallOptions {
    signal?: AbortSignal;
    timeoutMs?: number;
}
export interface RunRecord {
    promptId: string;
    status: string | null;
    completed: boolean;
    executionTimeSeconds: number | null;
    queuePosition: number | null;
    errorData: string | null;
    outputs: Output[];
}
export interface RunManyOptions {
    concurrency?: number;
    signal?: AbortSignal;
}
export type EndedRun<R> = {
    index: number;
    request: R;
    result: PromptResult;
    error: null;
} | {
    index: number;
    request: R;
    result: null;
    error: Error;
};
export interface BlobOptions {
    signal?: AbortSignal;
}
export interface Output {
    readonly filename: string;
    readonly contentType: string;
    readonly size: number | null;
    readonly file: File | null;
    readonly url: string | null;
    blob(options?: BlobOptions): Promise<Blob>;
}
export interface PromptResult {
    readonly promptId: string | null;
    readonly status: string | null;
    readonly completed: boolean | null;
    readonly executionTimeSeconds: number | null;
    readonly prompt: Json;
    readonly promptJson: string | null;
    readonly outputs: Output[];
    readonly sent: BuiltParams | null;
    toJSON(): object;
}
export class ViewComfyClient<W extends object = AnyParams> {
    constructor(options: ClientOptions);
    infer(request?: InferRequest<W>): Promise<PromptResult>;
    inferWithLogs(request?: InferRequest<W> & StreamHandlers): Promise<PromptResult>;
    stream(request?: InferRequest<W>): AsyncIterableIterator<InferEvent>;
    resume(promptId: string, options?: ResumeOptions): Promise<PromptResult>;
    lookUp(promptIds: string | readonly string[], options?: CallOptions): Promise<RunRecord[]>;
    cancel(promptId: string, options?: CallOptions): Promise<boolean>;
    runMany<R extends InferRequest<W> & StreamHandlers>(requests: Iterable<R> | AsyncIterable<R>, options?: RunManyOptions): AsyncIterableIterator<EndedRun<R>>;
}
export interface FollowOptions extends StreamHandlers {
    signal?: AbortSignal;
    timeoutMs?: number;
    waitingAfterSeconds?: number;
    maxResultBytes?: number;
    maxEventBytes?: number;
    withCredentials?: boolean;
    transport?: "eventsource" | "fetch";
    rewriteUrl?: (url: string) => string;
}
export function follow(url: string | URL, options?: FollowOptions): Promise<PromptResult>;
export type ErrorCode = "not_initialised" | "invalid_workflow" | "editor_workflow" | "unknown_param" | "invalid_param" | "empty_params" | "missing_endpoint" | "missing_credentials" | "unauthorized" | "rate_limited" | "validation_failed" | "http_status" | "execution_failed" | "stream_ended" | "invalid_response" | "invalid_output" | "too_large" | "storage_full" | "damaged_file" | "cannot_convert" | "invalid_definitions" | "network" | "timeout" | "not_supported" | "unknown_run";
export interface RunReason {
    code: ConvertWarning["code"];
    nodeId: string | null;
    input: string | null;
    message: string;
    advice: string;
}
export interface NodeError {
    nodeId: string | null;
    classType: string | null;
    input: string | null;
    type: string | null;
    message: string;
    details: string;
}
export class ViewComfyError extends Error {
    readonly name: "ViewComfyError";
    readonly code: ErrorCode;
    readonly cause?: unknown;
    readonly status?: number;
    readonly body?: string;
    readonly errorType?: string;
    readonly retryAfterMs?: number;
    readonly nodeErrors?: NodeError[];
    readonly key?: string;
    readonly nearest?: string[];
    readonly line?: number;
    readonly column?: number;
    readonly offset?: number;
    readonly outputIndex?: number;
    readonly limit?: number;
    readonly timeoutMs?: number;
    readonly filename?: string;
    readonly reason?: "dangling_link" | "bypass_cycle" | "may_not_run" | "recursive_subgraph" | "too_many_nodes" | "filename_prefix";
    readonly nodeId?: string;
    readonly input?: string;
    readonly reasons?: RunReason[];
    readonly format?: FileFormat;
    readonly logs?: string[];
    readonly errorData?: string;
    readonly result?: PromptResult;
    toJSON(): object;
}
export function isViewComfyError(value: unknown): value is ViewComfyError;
