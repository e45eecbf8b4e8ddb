// What a failure means and what to try, on a page with the settings of a run and the files of whoever uses it.

import { adviceFor as sharedAdvice } from "../pkg/src/view/advice.js";
import { deploymentAdvice } from "./deployment-advice.js";

/**
 * Per code of the package, beside what is said alike everywhere.
 *
 * @type {Record<string, import("../pkg/src/view/advice.js").Advice>}
 */
const ADVICE = {
  not_initialised: [
    "The WebAssembly part did not load",
    "Reload the page. If you serve it yourself, check that your server has all files of the build.",
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
  invalid_definitions: [
    "This is not a ComfyUI server's object_info",
    "Save the response of /object_info of a ComfyUI server and open that file.",
  ],
  unknown_param: [
    "The workflow has no such parameter",
    "Use one of the names above, or open the workflow again.",
  ],
  invalid_param: ["A value cannot be sent", "Correct or reset the parameter and run again."],
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
  http_status: [
    "The endpoint responded with an error",
    "Check the endpoint's address; if it is right, run again in a minute, or look at the deployment's log.",
  ],
  invalid_response: [
    "The response is not one of a deployment",
    "Check that the endpoint is a deployment's address, not a web page's.",
  ],
  network: [
    "The endpoint could not be reached",
    "Check the address and your connection. A server at another address must allow this page (CORS); your own backend in between always works.",
  ],
  not_supported: [
    "The endpoint can only run",
    "Following, looking up and cancelling need a route in front of ComfyUI or the cloud API.",
  ],
};

/** It was a deployment's answer, up to a place. */
const BROKEN_ANSWER = [
  "The response arrived damaged",
  "Run again. If it happens again, something between the endpoint and this page changes what passes.",
];

const BROKE_OFF = [
  "The connection broke during the run",
  "Check your connection and run again. The log shows how far it got.",
];

/**
 * `title` and `advice` for an error of the package; anything else is called unexpected. `behind` is what stands
 * behind the page's own server, when that has the settings.
 */
export function adviceFor(error, { behind = null } = {}) {
  const special = specialCase(error, behind);
  if (!special) return sharedAdvice(error, ADVICE);
  const [title, advice] = special;
  return { title, advice };
}

function specialCase(error, behind) {
  if (error?.code === "network" && error.logs?.length > 0) return BROKE_OFF;
  if (error?.code === "invalid_response" && error.offset !== undefined) return BROKEN_ANSWER;
  return behind ? deploymentAdvice(error, behind) : undefined;
}
