// What a failure means and what to try, for who uses a page that somebody else made: per code of the package, beside what is said
// alike everywhere.

/** @type {Record<string, import("../view/advice.js").Advice>} */
export const ADVICE = {
  not_initialised: ["The program could not be loaded", "Reload the page."],
  invalid_workflow: ["There is no workflow in this file", "Use a file that ComfyUI wrote."],
  editor_workflow: ["The workflow has the editor's format", "Use the file of Workflow → Export (API)."],
  unknown_param: ["The workflow has no such parameter", "Reload the page; the workflow may be a newer one."],
  invalid_param: ["A value cannot be sent", "Correct what is named here and run again."],
  missing_endpoint: ["The page does not say where to run", "The tag needs the attribute endpoint."],
  missing_credentials: ["The credentials are not complete", "The page has to give an id and its secret."],
  unauthorized: ["This is not allowed", "Sign in again, or ask who runs this page."],
  http_status: ["The server responded with an error", "Try again in a minute."],
  invalid_response: ["The response is not one of a deployment", "Check the attribute endpoint of the tag."],
  cannot_convert: [
    "The workflow cannot be converted",
    "Open it in ComfyUI, correct it, and export it again.",
  ],
  invalid_definitions: [
    "The definitions cannot be read",
    "They have to be a server's response to /object_info.",
  ],
  network: ["The server cannot be reached", "Check your connection, then try again."],
  not_supported: ["The server cannot do this", "It can only run."],
};
