// A link: where the value comes from. Read-only; a press goes there.

import { el, setProps, template } from "../dom.js";

/** Its element, to be copied, and what makes a copy one input's. */
export const LINK = {
  blank: template(() =>
    el(
      "button",
      { type: "button", class: "link-value" },
      el("span", { class: "visually-hidden" }),
      el("span", { class: "link-title" }),
      el("span", { class: "mono faint" }),
    ),
  ),
  fill(element, { id, input }) {
    const { from } = input;
    element.id = id;
    if (from.title === undefined) element.classList.add("missing");
    const [hidden, title, where] = element.children;
    hidden.textContent = `${input.label}: `;
    title.textContent = `from ${from.title ?? "a missing node"}`;
    where.textContent = `#${from.id} · output ${from.output}`;
    return element;
  },
};

export function linkControl(context) {
  const element = context.filled ?? LINK.fill(LINK.blank(), context);
  setProps(element, { on: { click: () => context.goToNode(context.input.from.id) } });
  return { element, field: element, show: () => {} };
}
