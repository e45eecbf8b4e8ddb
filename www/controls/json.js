// Lists, objects and null: as JSON text, numbers exact.

import { el } from "../dom.js";

export function jsonControl(context) {
  const { input, changes, library } = context;
  const field = el("textarea", {
    id: context.id,
    class: "field field-long mono",
    rows: Math.min(8, input.literal.split("\n").length),
    "aria-label": `${input.label}, as JSON`,
    spellcheck: "false",
    autocomplete: "off",
    value: input.literal,
    on: { input: edited },
  });

  function edited() {
    if (field.value === input.literal) {
      changes.setOwn(input.key, input.value, field);
      return;
    }
    try {
      changes.set(input.key, exactJson(library, field.value), field);
    } catch (error) {
      changes.refuse(input.key, `Not JSON yet: ${error.message}. Not sent until it is.`, field.value, field);
    }
  }

  function show(value, text) {
    field.value = text ?? (value === undefined ? input.literal : library.stringifyJson(value, 2));
  }

  return { element: field, field, show };
}

/** Parses JSON without rounding: JSON.parse finds the mistakes, the package reads the numbers. */
function exactJson(library, text) {
  JSON.parse(text);
  return library.flattenWorkflow(`{"1":{"class_type":"Value","inputs":{"value":${text}}}}`)["1-inputs-value"];
}
