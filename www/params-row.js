// One row: a name, its control, what is known about it, and the way back when it was changed.

import { createControl } from "./controls/index.js";
import { el, iconButton, setProps, template } from "./dom.js";
import { ISSUES } from "./issues.js";

let rows = 0;

const blank = (tag) =>
  template(() => el("div", {}, el("div", { class: "row-name" }, el(tag)), el("div", { class: "row-value" })));
const labelled = blank("label");
// A link is a button: it names itself, and a label would take the place of what it says.
const unlabelled = blank("span");
const blankProblem = template(() => el("p", { class: "problem" }));

/** Makes a row; `update(origin)` shows the key's present state. */
export function createRow(context) {
  const { input, changes, issues } = context;
  rows += 1;
  const id = `param-${rows}`;
  const name = input.name || "(no name)";
  const control = createControl({ ...context, id });
  // Made when they are first needed: a large workflow has thousands of rows, and few are changed.
  let reset = null;
  let problem = null;
  const hint = hintOf(input);
  const element = input.kind === "link" ? unlabelled() : labelled();
  element.className = `row row-${input.kind}`;
  element.setAttribute("data-key", input.key);
  const [nameCell, valueCell] = element.children;
  const named = nameCell.firstChild;
  named.textContent = name;
  named.title = input.key;
  if (input.kind !== "link") named.htmlFor = id;
  if (hint) nameCell.append(hint.button);
  valueCell.append(control.element, ...(hint ? [hint.text] : []));

  function addReset() {
    const button = iconButton("reset", `Reset ${input.label}`, resetRow, { class: "icon-button reset" });
    element.append(button);
    return button;
  }

  function addProblem() {
    const line = setProps(blankProblem(), { id: `${id}-problem` });
    control.element.after(line);
    control.field.setAttribute("aria-describedby", line.id);
    return line;
  }

  function resetRow() {
    changes.reset(input.key);
    control.field.focus();
  }

  function update(origin) {
    const changed = changes.has(input.key);
    const sentence = changes.problem(input.key) ?? issues.get(input.key) ?? "";
    element.classList.toggle("changed", changed);
    if (changed) reset ??= addReset();
    if (reset) reset.hidden = !changed;
    if (sentence) problem ??= addProblem();
    if (problem) problem.textContent = sentence;
    // A link is a button, which cannot be invalid; its text says what was refused.
    if (sentence && input.kind !== "link") control.field.setAttribute("aria-invalid", "true");
    else control.field.removeAttribute("aria-invalid");
    if (origin !== control.field && origin !== ISSUES)
      control.show(changes.get(input.key), changes.text(input.key));
  }

  if (changes.has(input.key) || changes.problem(input.key) || issues.get(input.key)) update();

  return { element, input, update, focus: () => control.field.focus() };
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
