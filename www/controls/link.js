// A link: where the value comes from. Read-only; a press goes there.

import { el, icon } from "../dom.js";

export function linkControl(context) {
  const { id, output, title } = context.input.from;
  const words = `from ${title ?? "a missing node"}`;
  const element = el(
    "button",
    {
      id: context.id,
      type: "button",
      class: title === undefined ? "link-value missing" : "link-value",
      on: { click: () => context.goToNode(id) },
    },
    icon("link"),
    el("span", { class: "visually-hidden" }, `${context.input.label}: `),
    el("span", { class: "link-title" }, words),
    el("span", { class: "mono faint" }, `#${id} · output ${output}`),
  );
  return { element, field: element, show: () => {} };
}
