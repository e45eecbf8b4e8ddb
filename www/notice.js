// One message above the workflow: what was wrong with a file, and what to do about it.

import { byId, el, icon, iconButton } from "./dom.js";

/** Role and icon. */
const TONES = { bad: ["alert", "warn"], good: ["status", "ok"], ask: ["group", "info"] };

/**
 * Shows a message; the next one replaces it.
 *
 * @typedef {{ label: string, run: () => void }} Action
 *
 * @param {{ title: string, message: string, tone?: "bad" | "good" | "ask", content?: HTMLElement | null, action?: Action, actions?: Action[] }} notice
 */
export function showNotice({
  title,
  message,
  tone = "bad",
  content = null,
  action,
  actions = action ? [action] : [],
}) {
  const body = el(
    "div",
    {},
    el("p", { class: "notice-title", id: "notice-title" }, title),
    el("p", {}, message),
    content,
  );
  const buttons = actions.map(({ label, run }) =>
    el("button", { type: "button", class: "button small", on: { click: run } }, label),
  );
  if (buttons.length > 0) body.append(el("div", { class: "notice-actions" }, buttons));
  const [role, symbol] = TONES[tone];
  byId("notice").replaceChildren(
    el(
      "div",
      { class: `notice ${tone}`, role, "aria-labelledby": role === "group" ? "notice-title" : null },
      icon(symbol),
      body,
      iconButton("close", "Dismiss message", clearNotice),
    ),
  );
  byId("notice").scrollIntoView({ block: "nearest" });
  // A question waits for its answer.
  if (tone === "ask") buttons[0].focus({ preventScroll: true });
}

export function clearNotice() {
  byId("notice").replaceChildren();
}
