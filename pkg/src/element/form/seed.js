// A seed: an exact number, and a switch that alone decides whether a new one is drawn for each run.

import { bdi, el } from "../dom.js";

export function seedControl({ label, words }, number) {
  const toggle = el("input", {
    type: "checkbox",
    role: "switch",
    part: "switch",
    "aria-label": `${words.newSeed}: ${label}`,
    on: { change: toggled },
  });
  const element = el(
    "div",
    { class: "pair" },
    number.element,
    el("label", { class: "switch" }, toggle, bdi(words.newSeed)),
  );

  function toggled() {
    number.field.disabled = toggle.checked;
  }

  function show(value) {
    toggle.checked = value === "random" || value === -1;
    if (!toggle.checked) number.show(value);
    toggled();
  }

  return { element, field: number.field, read: () => (toggle.checked ? "random" : number.read()), show };
}
