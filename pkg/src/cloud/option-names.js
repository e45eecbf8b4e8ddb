// The options that the cloud route takes; a test compares them with cloud.d.ts.

export const CloudRouteOptions = [
  ...["apiUrl", "baseUrl", "socketUrl", "liveEvents", "io", "clientId", "clientSecret", "token"],
  ...["authorize", "workflowApi", "maxBodyBytes", "linkHosts", "origins", "outputs", "cancelOnLeave"],
  ...["timeoutMs", "callTimeoutMs", "pollMs", "patienceMs", "fetch", "onFailure"],
];
