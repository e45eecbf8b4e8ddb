// The field that a person is in, given back when its form or table is made anew under them.

/** `{ key, giveBack() }` of the parameter that has the focus within a panel, or null. */
export function heldField(panel) {
  const field = /** @type {any} */ (document.activeElement);
  const key = panel.contains(field) ? keyOf(field) : undefined;
  if (key === undefined) return null;
  const selection = selectionOf(field);
  return {
    key,
    giveBack() {
      const next = /** @type {any} */ (document.activeElement);
      if (selection && keyOf(next) === key && isText(next)) next.setSelectionRange(...selection);
    },
  };
}

function keyOf(field) {
  return field?.closest("[data-key]")?.dataset.key;
}

function selectionOf(field) {
  return isText(field) ? [field.selectionStart, field.selectionEnd, field.selectionDirection] : null;
}

function isText(field) {
  return field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text");
}
