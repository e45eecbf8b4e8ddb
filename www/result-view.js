// What a run made comes into view by itself, except before a person who went on with the workflow meanwhile.

import { byId } from "./dom.js";
import { scrollBehavior } from "./scroll.js";

/** `begin()` with each run, `bring(id)` at its end. */
export function createResultView() {
  let wentOn = false;
  for (const type of ["pointerdown", "keydown"])
    byId("what").addEventListener(type, () => (wentOn = true), { capture: true, passive: true });
  return {
    begin: () => (wentOn = false),
    bring: (id) => wentOn || bringIntoView(id),
  };
}

/** In one column the run side is far below the parameters. */
export function bringIntoView(id) {
  if (!matchMedia("(max-width: 899px)").matches) return;
  byId(id).scrollIntoView({ block: "start", behavior: scrollBehavior() });
}
