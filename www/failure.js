// A failed run: which code, what it says, which node, what to try.

import { codeOf } from "../pkg/src/view/advice.js";
import { placeOf } from "../pkg/src/view/node-error.js";
import { deployment } from "./deployment.js";
import { byId, el, icon } from "./dom.js";
import { adviceFor } from "./failure-advice.js";
import { detailOf } from "./failure-detail.js";
import { duration, sentence } from "./format.js";
import { refusalWords } from "./refused-fields.js";

/**
 * Shows a failure. `fieldOf(nodeId, input)` gives the parameter as the form names it and what brings it into view,
 * `{ label, show }`, or null; `labelOf(key)` what it calls one, or null; `onSettings` is null when the page has no settings to check.
 */
export function showFailure(error, { fieldOf, labelOf, onRetry, onSettings }) {
  const code = codeOf(error);
  const { title, advice } = adviceFor(error, { behind: deployment });
  const detail = detailOf(error, labelOf);
  const element = el(
    "div",
    { class: "card failure", role: "alert", dataset: { code } },
    el("header", {}, icon("warn"), el("h3", {}, title), el("code", { class: "failure-code" }, code)),
    detail !== "" && el("p", { class: "failure-message" }, detail),
    nodeErrors(error, fieldOf),
    nearest(error),
    el("p", { class: "failure-advice" }, el("b", {}, "Try this: "), advice, retryAfter(error)),
    el("div", { class: "failure-actions" }, actions(code, onRetry, onSettings)),
    facts(error, detail),
  );
  byId("failure").replaceChildren(element);
}

export function clearFailure() {
  byId("failure").replaceChildren();
}

function nodeErrors(error, fieldOf) {
  if (!error?.nodeErrors?.length) return null;
  return el(
    "ul",
    { class: "node-errors" },
    error.nodeErrors.map((problem) => {
      const where = placeOf(problem);
      const field = fieldOf(problem.nodeId, problem.input);
      const name = field
        ? el(
            "button",
            { type: "button", class: "text-button", title: where, on: { click: field.show } },
            field.label,
          )
        : el("b", {}, where || "The workflow");
      return el("li", {}, name, el("span", {}, refusalWords(problem)));
    }),
  );
}

function nearest(error) {
  if (!error?.nearest?.length) return null;
  return el("p", {}, "Nearest names: ", el("code", {}, error.nearest.join(", ")));
}

function retryAfter(error) {
  if (!error?.retryAfterMs) return null;
  return ` The service asks for ${duration(error.retryAfterMs / 1000)}.`;
}

function actions(code, onRetry, onSettings) {
  const list = [el("button", { type: "button", class: "button small", on: { click: onRetry } }, "Run again")];
  const aboutSettings = [
    "missing_endpoint",
    "missing_credentials",
    "unauthorized",
    "network",
    "http_status",
    "invalid_response",
  ];
  if (onSettings && aboutSettings.includes(code)) {
    list.push(
      el(
        "button",
        { type: "button", class: "button small quiet", on: { click: onSettings } },
        "Check the endpoint",
      ),
    );
  }
  return list;
}

/** Without what stands above already. */
function facts(error, detail) {
  const lines = [
    error?.status && `status ${error.status}`,
    error?.errorType && `type ${error.errorType}`,
    sentence(error?.errorData ?? "") !== detail && error.errorData,
    error?.body,
  ].filter(Boolean);
  if (lines.length === 0) return null;
  const text = el(
    "pre",
    { class: "mono", tabindex: "0", "aria-label": "What the service said" },
    lines.join("\n"),
  );
  return el("details", { class: "failure-facts" }, el("summary", {}, "What the service said"), text);
}
