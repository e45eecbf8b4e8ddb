import type { ProxyFailure, ProxyHandler } from "./proxy.js";
export interface ComfyRouteOptions {
    servers: readonly string[];
    workflow?: string | Uint8Array | ArrayBuffer | object | (() => ComfyWorkflow | Promise<ComfyWorkflow>);
    workflowApi?: boolean;
    headers?: Readonly<Record<string, string>>;
    secret?: string;
    outputs?: "inline" | "link";
    previews?: boolean;
    leaveMs?: number;
    pollMs?: number;
    WebSocket?: new (address: string, init?: never) => {
        send(data: string): void;
        close(): void;
    };
    authorize?: (request: Request) => boolean | undefined | Response | Promise<boolean | undefined | Response>;
    maxBodyBytes?: number;
    origins?: readonly string[];
    timeoutMs?: number;
    fetch?: (request: Request) => Promise<Response>;
    onFailure?: (failure: ComfyFailure) => void;
}
export type ComfyWorkflow = string | Uint8Array | ArrayBuffer | object;
export interface ComfyFailure extends Omit<ProxyFailure, "code"> {
    code: ProxyFailure["code"] | "invalid_params" | "invalid_workflow" | "unknown_run";
}
export function createComfyRoute(options: ComfyRouteOptions): ProxyHandler;
