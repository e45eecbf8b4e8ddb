// What went wrong: what it means, what the package says about it, what to try.

import { adviceFor, codeOf } from "../view/advice.js";
import { complaintOf, placeOf } from "../view/node-error.js";
import { ADVICE } from "./advice.js";
import { bdi, button, el } from "./dom.js";
import { say } from "./strings.js";

/**
 * A card for an error.
 *
 * @param {any} error
 * @param {import("viewcomfy-wasm/element").ElementStrings} words
 * @param {object} [about]
 * @param {string} [about.message] what it says, where that is not the error's own message
 * @param {(nodeId: string | null, input: string | null) => (() => void) | null} [about.leadTo] gives a function that shows a field, or null
 */
export function failureCard(error, words, { message = messageOf(error), leadTo = () => null } = {}) {
  const { title, advice } = adviceFor(error, words.errors, ADVICE);
  const problems = error?.nodeErrors ?? [];
  return el(
    "div",
    { class: "failure", part: "failure", role: "alert", "data-code": codeOf(error) },
    el("p", { class: "failure-title" }, title),
    problems.length === 0 && el("p", { class: "failure-message" }, bdi(message)),
    problems.length > 0 &&
      el(
        "ul",
        {},
        problems.map((problem) => problemLine(problem, leadTo)),
      ),
    error?.nearest?.length > 0 && el("p", {}, say(words.nearest, { names: error.nearest.join(", ") })),
    el("p", { class: "failure-advice" }, advice),
    saidByService(error, words),
  );
}

function messageOf(error) {
  return String(error?.message ?? error);
}

function problemLine(problem, leadTo) {
  const where = placeOf(problem);
  const show = leadTo(problem.nodeId, problem.input);
  const name = show ? button(where, show, { class: "text-button" }) : bdi(where);
  return el("li", {}, name, " ", bdi(complaintOf(problem)));
}

function saidByService(error, words) {
  const lines = [error?.status, error?.errorType, error?.errorData, error?.body].filter(Boolean);
  if (lines.length === 0) return null;
  const text = el("pre", { tabindex: "0", dir: "auto", "aria-label": words.serviceSaid }, lines.join("\n"));
  return el("details", {}, el("summary", {}, words.serviceSaid), text);
}
