// Switches and choices of the settings.

import { el } from "./dom.js";

/** A switch with a word beside it; the hint is its tooltip. */
export function toggle(label, hint, checked) {
  const input = el("input", { type: "checkbox", role: "switch", class: "switch", checked });
  const words = el("span", {}, label);
  return { input, element: el("label", { class: "switch-label", title: hint }, input, words) };
}

/** A choice of one, side by side: `options` maps values to words. The first one is chosen. */
export function segments(legend, name, options) {
  const inputs = Object.keys(options).map((value, index) =>
    el("input", { type: "radio", name, id: `${name}-${value}`, value, checked: index === 0 }),
  );
  const element = el(
    "fieldset",
    { class: "segments" },
    el("legend", {}, legend),
    inputs.flatMap((input) => [input, el("label", { for: input.id }, options[input.value])]),
  );
  return {
    element,
    value: () => inputs.find((input) => input.checked).value,
    choose: (value) => (inputs.find((input) => input.value === value).checked = true),
    /** @param {boolean} on */
    enable: (on) => {
      for (const input of inputs) input.disabled = !on;
    },
  };
}
