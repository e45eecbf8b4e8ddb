// One row: a name, its control, what is known about it, and the way back when it was changed.

import { copied, createControl } from "./controls/index.js";
import { el, iconButton, setProps, template, templates } from "./dom.js";
import { ISSUES } from "./issues.js";

let rows = 0;

const blankProblem = template(() => el("p", { class: "problem" }));

/** The element of a row for a kind of input, with nothing in it that is one input's. */
export const blankRow = templates(drawBlank);

function drawBlank(kind) {
  // A link is a button: it names itself, and a label would take the place of what it says.
  const name = el("div", { class: "row-name" }, el(kind === "link" ? "span" : "label"));
  return el(
    "div",
    { class: `row row-${kind}` },
    name,
    el("div", { class: "row-value" }, copied(kind)?.blank()),
  );
}

/**
 * Makes a row; `update(origin)` shows the key's present state. `element` is a blank row that is there already. A row that may
 * sleep has no control until it is woken, shown another value or given the focus.
 */
export function createRow(context) {
  const { input, changes, issues, maySleep = false } = context;
  rows += 1;
  const id = `param-${rows}`;
  const copy = copied(input.kind);
  const element = context.element ?? blankRow(input.kind);
  // Made when they are first needed: a large workflow has thousands of rows, and few are changed.
  let control = null;
  let reset = null;
  let problem = null;
  const hint = hintOf(input);
  element.setAttribute("data-key", input.key);
  const [nameCell, valueCell] = element.children;
  const named = nameCell.firstChild;
  named.textContent = input.name || "(no name)";
  named.title = input.key;
  if (input.kind !== "link") named.htmlFor = id;
  copy?.fill(valueCell.firstChild, { id, input });
  if (!copy) valueCell.prepend(wake().element);
  else if (!maySleep) wake();
  if (hint) nameCell.append(hint.button);
  if (hint) valueCell.append(hint.text);

  function wake() {
    control ??= createControl({ ...context, id, filled: copy && valueCell.firstChild });
    return control;
  }

  /** The control, or what stands there for it. */
  function shown() {
    return control ?? { element: valueCell.firstChild, field: valueCell.firstChild };
  }

  function addReset() {
    const button = iconButton("reset", `Reset ${input.label}`, resetRow, { class: "icon-button reset" });
    element.append(button);
    return button;
  }

  function addProblem() {
    const line = setProps(blankProblem(), { id: `${id}-problem` });
    shown().element.after(line);
    shown().field.setAttribute("aria-describedby", line.id);
    return line;
  }

  function resetRow() {
    changes.reset(input.key);
    wake().field.focus();
  }

  function update(origin) {
    const { field } = shown();
    const changed = changes.has(input.key);
    const sentence = changes.problem(input.key) ?? issues.get(input.key) ?? "";
    element.classList.toggle("changed", changed);
    if (changed) reset ??= addReset();
    if (reset) reset.hidden = !changed;
    if (sentence) problem ??= addProblem();
    if (problem) problem.textContent = sentence;
    // A link is a button, which cannot be invalid; its text says what was refused.
    if (sentence && input.kind !== "link") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (origin !== field && origin !== ISSUES) wake().show(changes.get(input.key), changes.text(input.key));
  }

  if (changes.has(input.key)) update();
  else if (changes.problem(input.key) || issues.get(input.key)) update(ISSUES);

  return { element, input, update, wake, focus: () => wake().field.focus() };
}

/** What a server or a form's designer says about an input, behind a question mark; null when nobody says anything. */
function hintOf(input) {
  const words = [input.help, input.about?.tooltip, rangeOf(input)].filter(Boolean);
  if (words.length === 0 || input.kind === "link") return null;
  const text = el("p", { class: "row-hint muted", hidden: true }, words.join(" "));
  const button = el(
    "button",
    {
      type: "button",
      class: "hint-button",
      "aria-label": `About ${input.label}`,
      "aria-expanded": "false",
      title: words.join(" "),
      on: {
        click: () => {
          text.hidden = !text.hidden;
          button.setAttribute("aria-expanded", String(!text.hidden));
        },
      },
    },
    "?",
  );
  return { button, text };
}

function rangeOf({ about }) {
  const number = (value) => (Number.isSafeInteger(value) ? value.toLocaleString("en") : String(value));
  if (about?.min === null || about?.max === null || about?.min === undefined) return "";
  return `From ${number(about.min)} to ${number(about.max)}.`;
}
