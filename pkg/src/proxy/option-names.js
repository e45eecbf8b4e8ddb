// The options that the proxy takes; a test compares them with proxy.d.ts.

export const ProxyOptions = [
  ...[
    "endpoint",
    "clientId",
    "clientSecret",
    "token",
    "authorize",
    "workflowApi",
    "maxBodyBytes",
    "linkHosts",
  ],
  ...["origins", "timeoutMs", "fetch", "onFailure"],
];
