// What to do about a failure of the library, in the words of the command line.

const ADVICE = {
  not_initialised: "Install the package again: a part of it cannot be read.",
  invalid_workflow: "Give the file that ComfyUI writes with Workflow → Export (API).",
  editor_workflow:
    'Convert it first: "viewcomfy-wasm convert workflow.json -o workflow_api.json", or export it with Workflow → Export (API).',
  cannot_convert: "Open the workflow in ComfyUI, fix what is named here, save it and convert it again.",
  damaged_file:
    "Use the original or another copy, if there is one: apps that send or convert pictures often cut files off.",
  invalid_definitions: "Give a ComfyUI server's response to /object_info as a file, or the server's address.",
  unknown_param: '"viewcomfy-wasm inspect workflow_api.json" lists the parameters that may be set.',
  invalid_param: "Correct the value, and run the command again.",
  empty_params:
    "Change something with --set or --seed, give a --file, or give --workflow, whose seed is then drawn.",
  missing_endpoint: "Give the deployment's address with --endpoint, or in VIEWCOMFY_API_URL.",
  missing_credentials: "Set both VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET, or VIEWCOMFY_TOKEN.",
  unauthorized:
    "Compare VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET (or VIEWCOMFY_TOKEN) in the environment with the dashboard's.",
  rate_limited: "Wait a moment, then run the command again.",
  validation_failed: "Correct the inputs that are named, and run the command again.",
  http_status: "Check the endpoint's address; if it is right, try again in a minute.",
  execution_failed: "The log's last lines usually name the node: check its values and files.",
  stream_ended:
    "The server may have crashed or been stopped; --verbose shows the whole log. Run the command again.",
  invalid_response: "Check that the endpoint is a deployment's address, and not a web page's.",
  invalid_output: "Run the command again; if it happens again, the service is at fault.",
  too_large: "Let the workflow make less, or return its outputs as links.",
  storage_full: "Free some memory, or let the workflow make less at once.",
  network: "Check the address and the connection. A run that had begun may go on at the server.",
  timeout: "Give the run more time with --timeout, or 0 for no limit.",
  not_supported: "A deployment itself can only run: give the address of an app's own route that offers this.",
  unknown_run: "Check the prompt id; servers forget their runs after a while.",
};

/** @param {string} code */
export function adviceFor(code) {
  return ADVICE[code] ?? "This is a bug in the program: please report it, with the command that you ran.";
}
