// Numbers as text: what is typed or pasted is what is sent. No spinner, and the scroll wheel leaves it alone.

import { parseNumber, stepNumber } from "../../pkg/src/view/exact-number.js";
import { el, setProps, template } from "../dom.js";

export const NOT_A_NUMBER =
  "Not a number yet: use digits and a point, such as 20 or 7.5. Not sent until it is.";

/** Its element, to be copied, and what makes a copy one input's. */
export const NUMBER = {
  blank: template(() =>
    el("input", { class: "field field-number", type: "text", autocomplete: "off", spellcheck: "false" }),
  ),
  fill: (field, { id, input }) =>
    setProps(field, {
      id,
      // Phone keypads for decimals have no minus sign.
      inputmode: input.literal.startsWith("-") ? "text" : "decimal",
      "aria-label": input.label,
      value: input.literal,
    }),
};

export function numberControl(context) {
  const { input, changes } = context;
  const field = context.filled ?? NUMBER.fill(NUMBER.blank(), context);
  setProps(field, { on: { input: () => edited(), keydown: step } });

  function edited() {
    const text = field.value.trim();
    const value = parseNumber(text);
    if (text === input.literal) changes.setOwn(input.key, input.value, field);
    else if (value === null) changes.refuse(input.key, NOT_A_NUMBER, field.value, field);
    else changes.set(input.key, value, field);
  }

  function step(event) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepNumber(field.value, event.shiftKey ? direction * 10 : direction);
    if (next === null) return;
    event.preventDefault();
    field.value = next;
    edited();
  }

  function show(value, text) {
    field.value = text ?? (value === undefined ? input.literal : String(value));
  }

  return { element: field, field, show };
}
