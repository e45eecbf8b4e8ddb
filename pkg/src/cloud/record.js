// What the API says of a run, in the names of both of its generations.

import { numberOf } from "./exact-json.js";

/** Words for a run that waits for its turn. Nothing documents them. */
const WAITING = /queue|pend|schedul|wait/i;
const CANCELED = /cancel/i;

/**
 * @typedef {object} Output
 * @property {string} filename
 * @property {string} contentType
 * @property {string} link
 * @property {number | undefined} size
 *
 * @typedef {object} RunRecord
 * @property {string} id
 * @property {"queued" | "running" | "success" | "error" | "canceled"} status
 * @property {boolean} ended
 * @property {number | undefined} seconds
 * @property {unknown} prompt as `exactValue` reads it
 * @property {Output[]} outputs
 * @property {string | undefined} error
 */

/**
 * @param {unknown} entry of a look-up's list
 * @returns {RunRecord | undefined} undefined for what is not a record
 */
export function recordOf(entry) {
  if (!(entry instanceof Map)) return undefined;
  const get = (camel, snake) => entry.get(camel) ?? entry.get(snake);
  const id = get("promptId", "prompt_id");
  if (typeof id !== "string") return undefined;
  const error = textOf(get("errorData", "error_data"));
  const word = textOf(entry.get("status")) ?? "";
  const ended = entry.get("completed") === true || (word === "error" && error !== undefined);
  const outputs = entry.get("outputs");
  return {
    id,
    status: ended ? endOf(word, error) : WAITING.test(word) ? "queued" : "running",
    ended,
    seconds: numberOf(get("executionTimeSeconds", "execution_time_seconds")),
    prompt: entry.get("prompt") ?? null,
    outputs: Array.isArray(outputs) ? outputs.map(outputOf).filter((output) => output !== undefined) : [],
    error,
  };
}

/** Two words are documented for the end; of others the error decides. */
function endOf(word, error) {
  if (word === "success") return "success";
  if (CANCELED.test(word)) return "canceled";
  return word === "error" || error !== undefined ? "error" : "success";
}

function outputOf(entry) {
  if (!(entry instanceof Map)) return undefined;
  const link = entry.get("filepath");
  if (typeof link !== "string") return undefined;
  return {
    filename: textOf(entry.get("filename")) ?? "output",
    contentType: textOf(entry.get("contentType") ?? entry.get("content_type")) ?? "application/octet-stream",
    link,
    size: numberOf(entry.get("size")),
  };
}

function textOf(value) {
  return typeof value === "string" && value !== "" ? value : undefined;
}
