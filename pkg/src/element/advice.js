// What a failure means and what to try, for who uses a page that somebody else made: per code of the package.

/** @type {Record<string, [title: string, advice: string]>} */
const ADVICE = {
  not_initialised: ["The program could not be loaded", "Reload the page."],
  invalid_workflow: ["There is no workflow in this file", "Use a file that ComfyUI wrote."],
  editor_workflow: ["The workflow has the editor's format", "Use the file of Workflow → Export (API)."],
  unknown_param: ["The workflow has no such parameter", "Reload the page; the workflow may be a newer one."],
  invalid_param: ["A value cannot be sent", "Correct the marked field and run again."],
  empty_params: ["There is nothing to send", "Change a value and run again."],
  missing_endpoint: ["The page does not say where to run", "The tag needs the attribute endpoint."],
  missing_credentials: ["The credentials are not complete", "The page has to give an id and its secret."],
  unauthorized: ["This is not allowed", "Sign in again, or ask who runs this page."],
  rate_limited: ["There are too many runs at once", "Wait a moment, then run again."],
  validation_failed: ["The workflow was refused", "Correct what is named here and run again."],
  http_status: ["The server answered with an error", "Try again in a minute."],
  execution_failed: [
    "The run failed",
    "The end of the log mostly names the node: check its values and files.",
  ],
  stream_ended: ["The answer ended without a result", "The log says how far it came. Run again."],
  invalid_response: ["The answer is not one of a deployment", "Check the attribute endpoint of the tag."],
  invalid_output: ["An output arrived damaged", "Run again."],
  too_large: ["The answer is too large", "Ask for less, such as a smaller picture."],
  storage_full: [
    "The browser has no room for the outputs",
    "Save what you need, reload the page, and run again.",
  ],
  damaged_file: ["This file is damaged", "Use the original or another copy."],
  cannot_convert: [
    "The workflow cannot be converted",
    "Open it in ComfyUI, correct it, and export it again.",
  ],
  invalid_definitions: [
    "The definitions cannot be read",
    "They have to be a server's answer to /object_info.",
  ],
  network: ["The server cannot be reached", "Check your connection, then try again."],
  timeout: ["The run took too long", "Run again, with a smaller picture or fewer steps."],
  not_supported: ["The server cannot do this", "It can only run."],
  unknown_run: ["The server does not know this run any more", "Run again."],
};
const UNEXPECTED = ["Something unexpected happened", "Run again, or reload the page."];

/** Title and advice for an error, in the tag's own words where it has some. */
export function adviceFor(error, words) {
  const code = typeof error?.code === "string" ? error.code : "unexpected";
  const [title, advice] = words.errors[code] ?? ADVICE[code] ?? words.errors.unexpected ?? UNEXPECTED;
  return { code, title, advice };
}
