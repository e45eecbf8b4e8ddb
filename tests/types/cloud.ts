// The cloud route's options and what it makes.

import { io } from "socket.io-client";
import { ViewComfyClient } from "viewcomfy-wasm";
import { type CloudRouteFailure, createCloudRoute, fromEnv } from "viewcomfy-wasm/cloud";

const told: CloudRouteFailure[] = [];
const route = createCloudRoute({
  ...fromEnv({ VIEWCOMFY_TOKEN: "t" }),
  apiUrl: new URL("https://deployment.example.com/infer"),
  io,
  outputs: "inline",
  cancelOnLeave: true,
  onFailure: (failure) => told.push(failure),
});
const answer: Promise<Response> = route(new Request("https://app.example.com/api?resume=id"));
export const client = new ViewComfyClient({ endpoint: "https://app.example.com/api", fetch: route });
export const codes = told.map(({ code }) => (code === "unknown_run" ? 404 : 500));
export { answer };

// @ts-expect-error: outputs are links or inline.
createCloudRoute({ apiUrl: undefined, outputs: "both" });
// @ts-expect-error: a deployment's address is apiUrl here.
createCloudRoute({ apiUrl: undefined, endpoint: "https://deployment.example.com/infer" });
// @ts-expect-error: the address of the deployment has to be named.
createCloudRoute({});
