// The way from the outermost canvas to the subgraph that is looked into, and back.

import { el } from "../dom.js";

export function createCrumbs({ titleOf, parentOf, open }) {
  const element = el("nav", { class: "crumbs", "aria-label": "Subgraph", hidden: true });

  function show(scope) {
    element.hidden = scope === null;
    if (scope === null) return;
    const chain = [];
    for (let id = scope; id !== null; id = parentOf(id)) chain.unshift(id);
    const steps = [null, ...chain].map((id) => {
      const name = id === null ? "Canvas" : titleOf(id);
      if (id === scope) return el("b", { "aria-current": "true" }, name);
      return el("button", { type: "button", class: "text-button", on: { click: () => open(id) } }, name);
    });
    element.replaceChildren(...steps.flatMap((step, at) => (at === 0 ? [step] : [" › ", step])));
  }

  return { element, show };
}
