// From a field of the form schema to what the page's controls need.

import { kindOf, MEDIA } from "../pkg/src/view/field-kind.js";

/** The workflow's input as the form presents it: the field's title, and the control that suits both type and value. */
export function fieldInput(field, input, group) {
  const title = field.title || input.name;
  return {
    ...input,
    ...controlFor(field, input),
    name: title,
    label: `${group.title}, ${title}`,
    help: field.helpText,
    placeholder: field.placeholder,
  };
}

/** The workflow's own kind stays where a form knows nothing better. */
function controlFor(field, input) {
  const { value } = input;
  if (input.kind === "link" || (value === null && !field.options?.length)) return {};
  const kind = kindOf(field, value);
  const isListed = input.kind === "choice" && ["text", "long-text"].includes(kind);
  if (kind === "json" || kind === "boolean" || isListed) return {};
  return { kind, options: field.options, media: MEDIA[field.type], range: field };
}
