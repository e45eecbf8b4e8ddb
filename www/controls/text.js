// Text: one line for names, a field that grows with its text for prompts.

import { el, setProps, template } from "../dom.js";

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

/** Their elements, to be copied, and what makes a copy one input's. */
export const TEXT = {
  blank: template(() =>
    el("input", { class: "field", type: "text", dir: "auto", spellcheck: "false", autocomplete: "off" }),
  ),
  fill,
};
export const LONG_TEXT = {
  blank: template(() =>
    el("textarea", {
      class: "field field-long",
      rows: 2,
      dir: "auto",
      spellcheck: "true",
      autocomplete: "off",
    }),
  ),
  fill(field, context) {
    if (!GROWS_BY_ITSELF) requestAnimationFrame(() => grow(field));
    return fill(field, context);
  },
};

function fill(field, { id, input }) {
  return setProps(field, {
    id,
    "aria-label": input.label,
    placeholder: input.placeholder,
    value: input.value,
  });
}

export function textControl(context) {
  const { input, changes } = context;
  const long = input.kind === "long-text";
  const kind = long ? LONG_TEXT : TEXT;
  const field = context.filled ?? kind.fill(kind.blank(), context);
  setProps(field, { on: { input: edited } });

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

  return { element: field, field, show };
}

/** For browsers without `field-sizing`: as tall as the text, up to the style sheet's limit. */
function grow(field) {
  if (GROWS_BY_ITSELF) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
