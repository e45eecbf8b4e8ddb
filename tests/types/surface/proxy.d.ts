export type ProxyHandler = (request: Request, ...more: unknown[]) => Promise<Response>;
export interface ProxyOptions {
    endpoint: string | URL | undefined;
    clientId?: string | undefined;
    clientSecret?: string | undefined;
    token?: string | (() => string | Promise<string>) | undefined;
    authorize?: (request: Request) => boolean | undefined | Response | Promise<boolean | undefined | Response>;
    workflowApi?: boolean;
    maxBodyBytes?: number;
    linkHosts?: readonly string[];
    origins?: readonly string[];
    timeoutMs?: number;
    fetch?: (request: Request) => Promise<Response>;
    onFailure?: (failure: ProxyFailure) => void;
}
export interface ProxyFailure {
    code: "not_configured" | "not_authorized" | "origin_not_allowed" | "method_not_allowed" | "unsupported_type" | "field_not_allowed" | "invalid_body" | "too_large" | "link_not_allowed" | "too_many_redirects" | "redirect_not_allowed" | "unreachable" | "timeout";
    status: number;
    message: string;
    cause?: unknown;
}
export function createProxy(options: ProxyOptions): ProxyHandler;
export function fromEnv(env: Readonly<Record<string, unknown>>): Pick<ProxyOptions, "endpoint" | "clientId" | "clientSecret" | "token">;
