// The arguments of the other client's calls, translated into ours.

import { callable } from "../options.js";

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
  const told = callable(given, "onPromptId");
  const onOpen = ({ promptId }) => (promptId === null ? undefined : told?.(promptId));
  return { onLog: tell("log_message"), onError: tell("error"), onOpen };
}
