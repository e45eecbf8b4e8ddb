// A seed: an exact number, a dice, and "Random each run". The switch alone says whether it is drawn; a number that is typed,
// rolled or kept turns it off.

import { el, iconButton } from "../dom.js";
import { numberControl } from "./number.js";

export function seedControl(context) {
  const { input, changes, library, workflow } = context;
  const number = numberControl(context);
  const dice = iconButton("dice", `Roll a new value for ${input.label}`, roll);
  const toggle = el("input", { type: "checkbox", role: "switch", class: "switch", on: { change: toggled } });
  const label = el("label", { class: "switch-label" }, toggle, el("span", {}, "Random each run"));
  toggle.setAttribute("aria-label", `Random each run: ${input.label}`);

  function roll() {
    // The package knows the range; it draws, the value is shown and sent as it is.
    const { seeds } = library.buildParams({ [input.key]: "random" }, { checkAgainst: workflow.text });
    changes.set(input.key, seeds[input.key]);
  }

  function toggled() {
    changes.draw(input.key, toggle.checked);
  }

  function show(value, text) {
    showSwitch();
    if (toggle.checked && text === undefined) number.field.value = "";
    else number.show(value, text);
  }

  function showSwitch() {
    toggle.checked = changes.isDrawn(input.key);
    number.field.placeholder = toggle.checked ? "drawn at each run" : "";
  }

  // What is typed turns the switch off.
  number.field.addEventListener("input", showSwitch);
  show(changes.get(input.key), changes.text(input.key));
  const element = el(
    "div",
    { class: "seed" },
    el("div", { class: "joined" }, number.element, dice),
    label,
    input.seedNote && el("p", { class: "muted seed-note" }, input.seedNote),
  );
  return { element, field: number.field, show };
}
