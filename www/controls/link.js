// A link: where the value comes from. Read-only; a press goes there.

import { el, setProps, template } from "../dom.js";

const blank = template(() =>
  el(
    "button",
    { type: "button", class: "link-value" },
    el("span", { class: "visually-hidden" }),
    el("span", { class: "link-title" }),
    el("span", { class: "mono faint" }),
  ),
);

export function linkControl(context) {
  const { id, output, title } = context.input.from;
  const words = `from ${title ?? "a missing node"}`;
  const element = setProps(blank(), { id: context.id, on: { click: () => context.goToNode(id) } });
  if (title === undefined) element.classList.add("missing");
  const [hidden, from, where] = element.children;
  hidden.textContent = `${context.input.label}: `;
  from.textContent = words;
  where.textContent = `#${id} · output ${output}`;
  return { element, field: element, show: () => {} };
}
