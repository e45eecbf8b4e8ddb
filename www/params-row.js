// One row of the table: a name, its control, and the way back when it was changed.

import { createControl } from "./controls/index.js";
import { el, iconButton } from "./dom.js";

let rows = 0;

/** Makes a row; `update(origin)` shows the key's present state. */
export function createRow(context) {
  const { input, changes } = context;
  rows += 1;
  const id = `param-${rows}`;
  const problemId = `${id}-problem`;
  const name = input.name || "(no name)";
  const control = createControl({ ...context, id, problemId });
  const reset = iconButton("reset", `Reset ${input.label}`, resetRow, {
    class: "icon-button reset",
    hidden: true,
  });
  const problem = el("p", { id: problemId, class: "problem" });
  const element = el(
    "div",
    { class: `row row-${input.kind}`, dataset: { key: input.key } },
    // A link is a button: it names itself, and a label would take the place of what it says.
    input.kind === "link"
      ? el("span", { class: "row-name", title: input.key }, name)
      : el("label", { class: "row-name", for: id, title: input.key }, name),
    el("div", { class: "row-value" }, control.element, problem),
    reset,
  );

  function resetRow() {
    changes.reset(input.key);
    control.field.focus();
  }

  function update(origin) {
    const changed = changes.has(input.key);
    const sentence = changes.problem(input.key) ?? "";
    element.classList.toggle("changed", changed);
    reset.hidden = !changed;
    problem.textContent = sentence;
    control.field.toggleAttribute("aria-invalid", sentence !== "");
    if (sentence) control.field.setAttribute("aria-invalid", "true");
    if (origin !== control.field) control.show(changes.get(input.key));
  }

  return { element, input, update, focus: () => control.field.focus() };
}
