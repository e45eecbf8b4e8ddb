// One problem as a list entry: severity in a word and a colour, what is wrong, what to do about it.

import { el, icon } from "./dom.js";
import { sentence } from "./format.js";

const LOOKS = {
  error: { icon: "error", word: "Error" },
  warning: { icon: "warn", word: "Warning" },
  info: { icon: "info", word: "Note" },
};

/** Makes the entry; `where` and `actions` are elements for its head and its foot. */
export function problemLine({ severity, code, message, advice }, { where = null, actions = null } = {}) {
  const look = LOOKS[severity];
  return el(
    "li",
    { class: `problem-line severity-${severity}`, dataset: { code } },
    icon(look.icon),
    el(
      "div",
      { class: "problem-body" },
      el("p", { class: "problem-head" }, el("b", { class: "severity" }, look.word), where),
      el("p", { class: "problem-message" }, sentence(message)),
      el("p", { class: "problem-advice muted" }, sentence(advice)),
      actions,
    ),
  );
}
