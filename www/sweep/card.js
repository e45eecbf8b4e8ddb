// The card for several runs at once. What is in it is loaded when it is opened.

import { byId, el } from "../dom.js";
import { laterStyle } from "../later-style.js";

/** Builds the card; `context` is what panel.js needs. */
export function setUpSweep(context) {
  let panel = null;
  let loading = null;
  const body = el("div", { class: "sweep-body" });
  const details = el(
    "details",
    {},
    el(
      "summary",
      {},
      el("h3", {}, "Several runs"),
      el("span", { class: "muted" }, "New seeds, or a grid of values"),
    ),
    body,
  );
  details.addEventListener("toggle", async () => {
    if (!details.open || loading) return;
    loading = Promise.all([import("./panel.js"), laterStyle()]);
    try {
      const [{ createSweepPanel }] = await loading;
      panel = createSweepPanel(context);
      body.replaceChildren(panel.element);
    } catch {
      loading = null;
      details.open = false;
    }
  });
  byId("sweep").replaceChildren(details);
  return {
    active: () => panel?.active() ?? false,
    cancel: () => panel?.cancel(),
    /** Another workflow lies open, or none. */
    sessionChanged: () => panel?.sessionChanged(),
  };
}
