import type { ProxyFailure, ProxyHandler, ProxyOptions } from "./proxy.js";
export interface CloudRouteOptions extends Pick<ProxyOptions, "clientId" | "clientSecret" | "token" | "authorize" | "workflowApi" | "maxBodyBytes" | "origins" | "fetch"> {
    apiUrl: string | URL | undefined;
    baseUrl?: string | URL | undefined;
    socketUrl?: string | URL | undefined;
    liveEvents?: boolean;
    io?: (address: string, options: object) => unknown;
    linkHosts?: readonly string[];
    outputs?: "link" | "inline";
    cancelOnLeave?: boolean;
    timeoutMs?: number;
    callTimeoutMs?: number;
    pollMs?: number;
    patienceMs?: number;
    onFailure?: (failure: CloudRouteFailure) => void;
}
export interface CloudRouteFailure extends Omit<ProxyFailure, "code"> {
    code: ProxyFailure["code"] | "unknown_run";
}
export function createCloudRoute(options: CloudRouteOptions): ProxyHandler;
export function fromEnv(env: Readonly<Record<string, unknown>>): Pick<CloudRouteOptions, "apiUrl" | "baseUrl" | "clientId" | "clientSecret" | "token">;
