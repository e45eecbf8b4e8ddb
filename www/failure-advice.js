// What a failure means and what to try, per code of the package.

import { deploymentAdvice } from "./deployment-advice.js";

const ADVICE = {
  not_initialised: [
    "The WebAssembly part did not load",
    "Reload the page. If you serve it yourself, run the build first.",
  ],
  invalid_workflow: ["This is not a workflow in API format", "Export it again with Workflow → Export (API)."],
  editor_workflow: [
    "This is the editor's format",
    "Drop the file on this page, which converts it; in a program, toApiFormat does.",
  ],
  cannot_convert: [
    "This workflow cannot be converted",
    "Open it in ComfyUI, fix what is named here, save it, and drop the new file.",
  ],
  damaged_file: ["This file is damaged", "Use the original or another copy, if there is one."],
  invalid_definitions: [
    "This is not a ComfyUI server's object_info",
    "Save the answer of /object_info of a ComfyUI server and open that file.",
  ],
  unknown_param: [
    "The workflow has no such parameter",
    "Use one of the names above, or open the workflow again.",
  ],
  invalid_param: ["A value cannot be sent", "Correct or reset the parameter and run again."],
  empty_params: ["There is nothing to send", "Change at least one parameter."],
  missing_endpoint: [
    "There is no endpoint",
    "Enter the deployment's address from your dashboard, under Endpoint.",
  ],
  missing_credentials: [
    "The credentials are not complete",
    "Enter both client id and client secret, or use a token.",
  ],
  unauthorized: [
    "The endpoint refused the credentials",
    "Compare client id and secret, or the token, with the dashboard's.",
  ],
  rate_limited: ["Too many runs at once", "Wait a moment, then run again."],
  validation_failed: ["The workflow was refused", "Correct what is named here and run again."],
  http_status: [
    "The endpoint answered with an error",
    "Check the endpoint's address; if it is right, run again in a minute, or look at the deployment's log.",
  ],
  execution_failed: [
    "The run failed",
    "The log's last lines usually name the node. Check its values and files.",
  ],
  stream_ended: [
    "The answer ended without a result",
    "The server may have crashed or been stopped. The log shows how far it got; run again.",
  ],
  invalid_response: [
    "The answer is not one of a deployment",
    "Check that the endpoint is a deployment's address, not a web page's.",
  ],
  invalid_output: ["An output arrived damaged", "Run again. If it happens again, the service is at fault."],
  too_large: [
    "The answer has a part that is too large",
    "One line of the log went beyond what is accepted: a node probably prints its data. Take it out and run again.",
  ],
  storage_full: [
    "The browser has no room for the outputs",
    "Save the earlier outputs you need and reload the page, which frees the others. Free some disk space, then run again.",
  ],
  network: [
    "The endpoint could not be reached",
    "Check the address and your connection. A server at another address must allow this page (CORS); your own backend in between always works.",
  ],
  timeout: ["The run took longer than its limit", "Run again; a smaller picture or fewer steps are quicker."],
  not_supported: [
    "The endpoint can only run",
    "Following, looking up and cancelling need a route in front of ComfyUI or the cloud API.",
  ],
  unknown_run: [
    "The server no longer knows this run",
    "Servers forget their runs after a while, and when they restart: run again.",
  ],
};

/** It was a deployment's answer, up to a place. */
const BROKEN_ANSWER = [
  "The answer arrived damaged",
  "Run again. If it happens again, something between the endpoint and this page changes what passes.",
];

const BROKE_OFF = [
  "The connection broke during the run",
  "Check your connection and run again. The log shows how far it got.",
];

/**
 * `{ title, advice }` for an error of the package; anything else is called unexpected. `behind` is what stands
 * behind the page's own server, when that has the settings.
 */
export function adviceFor(error, { behind = null } = {}) {
  const brokeOff = error?.code === "network" && error.logs?.length > 0;
  const damaged = error?.code === "invalid_response" && error.offset !== undefined;
  const special = behind ? deploymentAdvice(error, behind) : undefined;
  const [title, advice] = brokeOff
    ? BROKE_OFF
    : damaged
      ? BROKEN_ANSWER
      : (special ??
        ADVICE[error?.code] ?? ["Something unexpected happened", "Run again, or reload the page."]);
  return { title, advice };
}
