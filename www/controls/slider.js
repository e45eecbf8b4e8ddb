// A number within a range: a slider for the hand, beside the field that says it exactly.

import { el } from "../dom.js";
import { numberControl } from "./number.js";

export function sliderControl(context) {
  const { input, changes } = context;
  const { min, max, step } = input.range;
  const number = numberControl(context);
  const slider = el("input", {
    type: "range",
    class: "slider",
    min: String(min),
    max: String(max),
    step: step === null ? "any" : String(step),
    "aria-label": `${input.label}, slider`,
    value: input.literal,
    on: { input: slid },
  });

  function slid() {
    const value = Number(slider.value);
    if (value === input.value) changes.setOwn(input.key, input.value, slider);
    else changes.set(input.key, value, slider);
  }

  function show(value, text) {
    slider.value = String(value === undefined ? input.value : value);
    number.show(value, text);
  }

  number.field.addEventListener("input", () => {
    slider.value = number.field.value;
  });
  return { element: el("div", { class: "slider-pair" }, slider, number.element), field: number.field, show };
}
