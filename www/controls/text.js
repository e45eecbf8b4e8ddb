// Text: one line for names, a field that grows with its text for prompts.

import { el, setProps, template } from "../dom.js";

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

const blank = template(() =>
  el("input", { class: "field", type: "text", dir: "auto", spellcheck: "false", autocomplete: "off" }),
);
const longBlank = template(() =>
  el("textarea", {
    class: "field field-long",
    rows: 2,
    dir: "auto",
    spellcheck: "true",
    autocomplete: "off",
  }),
);

export function textControl(context) {
  const { input, changes } = context;
  const long = input.kind === "long-text";
  const field = setProps(long ? longBlank() : blank(), {
    id: context.id,
    "aria-label": input.label,
    placeholder: input.placeholder,
    value: input.value,
    on: { input: edited },
  });

  function edited() {
    if (long) grow(field);
    // A text area reads CRLF back as LF, so compare with what it would read back.
    if (field.value === input.value.replace(/\r\n?/g, "\n")) changes.setOwn(input.key, input.value, field);
    else changes.set(input.key, field.value, field);
  }

  function show(value) {
    field.value = value ?? input.value;
    if (long) grow(field);
  }

  if (long && !GROWS_BY_ITSELF) requestAnimationFrame(() => grow(field));
  return { element: field, field, show };
}

/** For browsers without `field-sizing`: as tall as the text, up to the style sheet's limit. */
function grow(field) {
  if (GROWS_BY_ITSELF) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
