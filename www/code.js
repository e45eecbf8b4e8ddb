// The panel with the same run as a program. What it holds is loaded when it is first opened. Credentials are never part of it.

import { byId, el } from "./dom.js";

/** Builds the closed panel; `update(parts)` says what a run would send now. */
export function setUpCode() {
  /** @type {import("./code/programs.js").Parts | null} */
  let present = null;
  /** @type {{ element: HTMLElement, update(parts: object): void, isRunning(): boolean } | null} */
  let panel = null;
  const details = el(
    "details",
    { on: { toggle: load } },
    el("summary", {}, el("h3", {}, "Code"), el("span", { class: "muted" }, "The same run as a program")),
  );
  byId("code").replaceChildren(details);

  async function load() {
    if (!details.open) return;
    if (panel) return panel.update(present);
    const { createCodePanel } = await import("./code/programs.js");
    if (panel) return;
    panel = createCodePanel(present);
    details.append(panel.element);
  }

  return {
    update(parts) {
      present = parts;
      if (details.open) panel?.update(parts);
    },
    /** Whether a tag in it has a run that goes on. */
    isRunning: () => panel?.isRunning() ?? false,
  };
}
