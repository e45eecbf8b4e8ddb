// One message above the workflow: what was wrong with a file, and what to do about it.

import { byId, el, icon, iconButton } from "./dom.js";

/**
 * Shows a message; the next one replaces it.
 *
 * @param {{ title: string, message: string, tone?: "bad" | "good", content?: HTMLElement | null, action?: { label: string, run: () => void } }} notice
 */
export function showNotice({ title, message, tone = "bad", content = null, action }) {
  const body = el("div", {}, el("p", { class: "notice-title" }, title), el("p", {}, message), content);
  if (action)
    body.append(
      el("button", { type: "button", class: "button small", on: { click: action.run } }, action.label),
    );
  byId("notice").replaceChildren(
    el(
      "div",
      { class: `notice ${tone}`, role: tone === "bad" ? "alert" : "status" },
      icon(tone === "bad" ? "warn" : "ok"),
      body,
      iconButton("close", "Dismiss message", clearNotice),
    ),
  );
  byId("notice").scrollIntoView({ block: "nearest" });
}

export function clearNotice() {
  byId("notice").replaceChildren();
}
