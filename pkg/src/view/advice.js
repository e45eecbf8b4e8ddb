// What a failure means and what to try, per code of the package: what is said alike wherever a run is shown, and how the rest is
// found. Page and tags each have words of their own for the other codes, because they know who reads them.

/** @typedef {[title: string, advice: string]} Advice */

/** @type {Record<string, Advice>} */
const ADVICE = {
  empty_params: ["There is nothing to send", "Change at least one parameter."],
  rate_limited: ["Too many runs at once", "Wait a moment, then run again."],
  validation_failed: ["The workflow was refused", "Correct what is named here and run again."],
  execution_failed: [
    "The run failed",
    "The log's last lines usually name the node. Check its values and files.",
  ],
  stream_ended: [
    "The response ended without a result",
    "The server may have crashed or been stopped. The log shows how far it got; run again.",
  ],
  invalid_output: ["An output arrived damaged", "Run again. If it happens again, the service is at fault."],
  too_large: [
    "The response has a part that is too large",
    "One line of the log went beyond what is accepted: a node probably prints its data. Take it out and run again.",
  ],
  storage_full: [
    "The browser has no room for the outputs",
    "Save the earlier outputs you need and reload the page, which frees the others. Free some disk space, then run again.",
  ],
  damaged_file: ["This file is damaged", "Use the original or another copy, if there is one."],
  timeout: ["The run took longer than its limit", "Run again; a smaller picture or fewer steps are quicker."],
  unknown_run: [
    "The server no longer knows this run",
    "Servers forget their runs after a while, and when they restart: run again.",
  ],
};

/** @type {Advice} */
const UNEXPECTED = ["Something unexpected happened", "Run again, or reload the page."];

/** Its code, or that it is not an error of the package. */
export function codeOf(error) {
  return typeof error?.code === "string" ? error.code : "unexpected";
}

/**
 * What is said about an error, in the words of the first of `own` that has some for its code.
 *
 * @param {any} error
 * @param {Record<string, Advice>[]} own
 */
export function adviceFor(error, ...own) {
  const found = (code) => [...own, ADVICE].map((table) => table[code]).find(Boolean);
  const [title, advice] = found(codeOf(error)) ?? found("unexpected") ?? UNEXPECTED;
  return { title, advice };
}
