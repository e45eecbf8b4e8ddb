// One axis of several runs: which parameter varies, and its values as they are typed.

import { el } from "../dom.js";
import { readValues } from "./values.js";

const HINTS = {
  number: "A list, or from–to–step: 10, 20, 30 or 5–8–0.5",
  slider: "A list, or from–to–step: 10, 20, 30 or 5–8–0.5",
  seed: "A list, or from–to: 1, 2, 3 or 100–115",
  boolean: "true, false",
};
const LINES = "One value a line";
/** What can vary. */
const KINDS = new Set(["number", "slider", "seed", "boolean", "text", "long-text", "choice"]);

/** The parameters of a workflow that can vary. */
export function varying(inputs) {
  return inputs.filter(({ kind }) => KINDS.has(kind));
}

/**
 * Makes the fields of an axis. `first` are options before the parameters: `{ value: label }`.
 *
 * @param {{ label: string, first: Record<string, string>, onChange: () => void }} what
 */
export function createAxis({ label, first, onChange }) {
  let inputs = [];
  const choice = el("select", { class: "field", "aria-label": label, on: { change: chosen } });
  const text = el("textarea", {
    class: "field field-long",
    rows: 2,
    spellcheck: "false",
    dir: "auto",
    "aria-label": `${label}: values`,
    on: { input: onChange },
  });
  const hint = el("p", { class: "muted hint" });
  const values = el("div", {}, text, hint);
  const element = el("div", { class: "sweep-axis" }, el("span", { class: "muted" }, label), choice, values);

  function chosen() {
    const input = inputOf();
    values.hidden = input === null;
    if (input) {
      hint.textContent = HINTS[input.kind] ?? LINES;
      const choices = input.about?.choices ?? [];
      text.value =
        input.kind === "choice" ? choices.slice(0, 4).join("\n") : (input.literal ?? String(input.value));
      if (input.kind === "text" || input.kind === "long-text")
        text.value = String(input.value).replaceAll("\n", " ");
    }
    onChange();
  }

  function inputOf() {
    return inputs.find(({ key }) => key === choice.value) ?? null;
  }

  return {
    element,
    /** @param {any[]} next the parameters of the open workflow */
    fill(next) {
      const before = choice.value;
      inputs = next;
      choice.replaceChildren(
        ...Object.entries(first).map(([value, words]) => el("option", { value }, words)),
        ...inputs.map(({ key, label: name }) => el("option", { value: key }, name)),
      );
      const isThere = [...choice.options].some(({ value }) => value === before);
      choice.value = isThere ? before : choice.options[0].value;
      if (!isThere || inputOf() === null) chosen();
    },
    value: () => choice.value,
    /** The axis, or what is wrong with it; null where no parameter is chosen. */
    read() {
      const input = inputOf();
      if (input === null) return null;
      const read = readValues(text.value, input.kind);
      return { key: input.key, label: input.label, ...read };
    },
    /** @param {boolean} on */
    enable(on) {
      choice.disabled = !on;
      text.disabled = !on;
    },
  };
}
