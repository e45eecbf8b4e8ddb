// A seed: an exact number, a dice, and "random each run".

import { el, iconButton } from "../dom.js";
import { numberControl } from "./number.js";

export function seedControl(context) {
  const { input, changes, library, workflow } = context;
  const number = numberControl(context);
  const dice = iconButton("dice", `Roll a new value for ${input.label}`, roll, {
    class: "icon-button framed",
  });
  const toggle = el("input", { type: "checkbox", role: "switch", class: "switch", on: { change: toggled } });
  const label = el("label", { class: "switch-label" }, toggle, el("span", {}, "Random each run"));
  toggle.setAttribute("aria-label", `Random each run: ${input.label}`);

  function roll() {
    // The package knows the range; it draws, the value is shown and sent as it is.
    const { seeds } = library.buildParams({ [input.key]: "random" }, { checkAgainst: workflow.text });
    changes.set(input.key, seeds[input.key]);
  }

  function toggled() {
    if (toggle.checked) changes.set(input.key, "random");
    else changes.reset(input.key);
  }

  function show(value) {
    const random = value === "random";
    toggle.checked = random;
    number.field.disabled = random;
    number.field.placeholder = random ? "drawn at each run" : "";
    if (random) number.field.value = "";
    else number.show(value);
  }

  const element = el("div", { class: "seed" }, el("div", { class: "joined" }, number.element, dice), label);
  return { element, field: number.field, show };
}
