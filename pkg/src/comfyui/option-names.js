// The options that the route in front of ComfyUI takes; a test compares them with comfyui.d.ts.

export const ComfyRouteOptions = [
  ...["servers", "workflow", "headers", "secret", "outputs", "previews", "leaveMs", "pollMs", "WebSocket"],
  ...["authorize", "workflowApi", "maxBodyBytes", "origins", "timeoutMs", "fetch", "onFailure"],
];
