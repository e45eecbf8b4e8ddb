// The arguments of the other client's calls, translated into ours.

import { ViewComfyError } from "../errors.js";
import { callable } from "../options.js";

/** Where to run, and as whom. */
export function optionsOf(given) {
  if (given?.apiUrl) return { endpoint: given.apiUrl, ...credentialsOf(given) };
  const advice = "give the deployment's address from the dashboard, or your backend's";
  throw new ViewComfyError("missing_endpoint", `apiUrl is not set: ${advice}`);
}

/** The web app keeps all three in one object; a token counts where there is no client id. */
function credentialsOf({ secret, clientId = secret?.clientId, clientSecret = secret?.clientSecret }) {
  return clientId || clientSecret ? { clientId, clientSecret } : { token: secret?.token };
}

/** What to run. Keys without a value are left out, as JSON leaves them out. */
export function requestOf({ params, overrideWorkflowApi, override_workflow_api, signal }) {
  const entries = Object.entries(params ?? {}).filter(([, value]) => value !== undefined);
  const workflowApi = overrideWorkflowApi || override_workflow_api || undefined;
  return { params: Object.fromEntries(entries), workflowApi, signal };
}

/** One function for the log and for errors, which come with their event's name in front, trimmed and never empty. */
export function handlersOf(given) {
  const callback = callable(given, "loggingCallback");
  const tell = (event) => (text) => {
    const line = text.trim();
    return line ? callback?.(`${event}: ${line}`) : undefined;
  };
  return { onLog: tell("log_message"), onError: tell("error") };
}
