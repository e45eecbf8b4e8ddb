// A boolean: a switch that says what it is set to.

import { el } from "../dom.js";

export function toggleControl(context) {
  const { input, changes } = context;
  const field = el("input", {
    id: context.id,
    type: "checkbox",
    role: "switch",
    class: "switch",
    "aria-label": input.label,
    checked: input.value,
    on: { change: edited },
  });
  const word = el("span", { class: "mono", "aria-hidden": "true" }, String(input.value));

  function edited() {
    if (field.checked === input.value) changes.setOwn(input.key, input.value);
    else changes.set(input.key, field.checked);
  }

  function show(value) {
    field.checked = value ?? input.value;
    word.textContent = String(field.checked);
  }

  return { element: el("label", { class: "switch-label" }, field, word), field, show };
}
