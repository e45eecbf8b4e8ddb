// One value of a list that the server knows. A value of the workflow that is not in it stays to be chosen, marked.

import { el } from "../dom.js";

export function choiceControl(context) {
  const { input, changes } = context;
  const values = input.about?.choices ?? [];
  const labels = input.options ?? values.map((value) => ({ label: String(value), value }));
  const own = labels.findIndex(({ value }) => value === input.value);
  const options =
    own >= 0 ? labels : [{ label: `${input.value} (not on the list)`, value: input.value }, ...labels];
  const field = el(
    "select",
    {
      id: context.id,
      class: "field",
      "aria-label": input.label,
      on: { change: edited },
    },
    options.map(({ label }, at) => el("option", { value: String(at) }, label)),
  );

  function edited() {
    const { value } = options[Number(field.value)];
    if (value === input.value) changes.setOwn(input.key, input.value, field);
    else changes.set(input.key, value, field);
  }

  function show(value) {
    const at = options.findIndex((option) => option.value === (value === undefined ? input.value : value));
    field.value = String(at);
  }

  show(undefined);
  return { element: field, field, show };
}
