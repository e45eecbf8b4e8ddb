// The options that each call takes, by the name of the type in pkg/*.d.ts that declares them; a test compares the two.

export const ClientOptions = [
  ...["endpoint", "clientId", "clientSecret", "token", "headers", "credentials", "fetch", "timeoutMs"],
  ...["maxResultBytes", "maxEventBytes", "waitingAfterSeconds", "rewriteUrl", "objectInfo"],
];

const workflows = ["checkAgainst", "workflow", "objectInfo"];

export const BuildOptions = workflows;

export const InferRequest = [
  ...["params", ...workflows, "workflowApi", "signal", "timeoutMs", "maxResultBytes", "maxEventBytes"],
];

export const StreamHandlers = ["onOpen", "onLog", "onProgress", "onError", "onWaiting"];

export const FollowOptions = [
  ...StreamHandlers,
  ...["signal", "timeoutMs", "waitingAfterSeconds", "maxResultBytes", "maxEventBytes"],
  ...["withCredentials", "transport", "rewriteUrl"],
];

export const BlobOptions = ["signal"];
