// The options of the route in front of ComfyUI and what it makes.

import { ViewComfyClient } from "viewcomfy-wasm";
import { type ComfyFailure, type ComfyWorkflow, createComfyRoute } from "viewcomfy-wasm/comfyui";

const told: ComfyFailure[] = [];
const servers: readonly string[] = ["http://127.0.0.1:8188"];
const route = createComfyRoute({
  servers,
  workflow: async (): Promise<ComfyWorkflow> => "{}",
  headers: { authorization: "Bearer token" },
  outputs: "link",
  previews: false,
  leaveMs: 30_000,
  WebSocket,
  authorize: (request) => request.headers.has("cookie"),
  onFailure: (failure) => told.push(failure),
});
const answer: Promise<Response> = route(new Request("https://app.example.com/api?prompt_ids=id"));
export const client = new ViewComfyClient({ endpoint: "https://app.example.com/api", fetch: route });
export const codes = told.map(({ code }) => (code === "invalid_workflow" ? 400 : 500));
export { answer };

// As the package `ws` declares its own.
declare class PackageSocket {
  constructor(
    address: string | URL,
    options?: { headers?: Record<string, string>; handshakeTimeout?: number },
  );
  send(data: string | Uint8Array, done?: (error?: Error) => void): void;
  close(code?: number, reason?: string): void;
}
createComfyRoute({ servers, WebSocket: PackageSocket });
// @ts-expect-error: a socket can be closed.
createComfyRoute({ servers, WebSocket: class {} });

// Each form of a workflow.
for (const workflow of ["{}", new Uint8Array(), new ArrayBuffer(0), { 1: {} }, () => "{}"])
  createComfyRoute({ servers, workflow });

// @ts-expect-error: there is no route without servers.
createComfyRoute({});
// @ts-expect-error: outputs are links or inline.
createComfyRoute({ servers, outputs: "both" });
// @ts-expect-error: ComfyUI has no credentials of the service's; headers are for a gateway.
createComfyRoute({ servers, clientId: "id" });
// @ts-expect-error: a failure of a route has no such code.
told.filter(({ code }) => code === "storage_full");
