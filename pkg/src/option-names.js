// The options that each call takes, by the name of the type in pkg/*.d.ts that declares them; a test compares the two.

export const ClientOptions = [
  ...["endpoint", "clientId", "clientSecret", "token", "headers", "credentials", "fetch", "timeoutMs"],
  ...["maxResultBytes", "maxEventBytes", "waitingAfterSeconds", "rewriteUrl", "objectInfo", "maxResumes"],
];

const workflows = ["checkAgainst", "workflow", "objectInfo"];

export const BuildOptions = workflows;

export const InferRequest = [
  ...["params", ...workflows, "workflowApi", "signal", "timeoutMs", "maxResultBytes", "maxEventBytes"],
  ...["previews", "maxResumes"],
];

export const StreamHandlers = ["onOpen", "onLog", "onProgress", "onError", "onWaiting", "onPreview"];

export const ResumeOptions = [
  ...StreamHandlers,
  ...["signal", "timeoutMs", "maxResultBytes", "maxEventBytes", "maxResumes"],
];

export const CallOptions = ["signal", "timeoutMs"];

export const RunManyOptions = ["concurrency", "signal"];

export const FollowOptions = [
  ...StreamHandlers,
  ...["signal", "timeoutMs", "waitingAfterSeconds", "maxResultBytes", "maxEventBytes"],
  ...["withCredentials", "transport", "rewriteUrl"],
];

export const BlobOptions = ["signal"];
