// The form of a workflow: its groups and fields, what they hold, and which of them is at fault.

import { bdi, el, freshId } from "../dom.js";
import { controlFor } from "./controls.js";
import { Refusal } from "./refusal.js";

/** A form of so few fields is shown whole. */
const FEW = 16;

/**
 * Builds the form of a schema.
 *
 * @param {import("viewcomfy-wasm/inspect").FormSchema} schema
 * @param {import("viewcomfy-wasm/element").ElementStrings} words
 */
export function createForm(schema, words) {
  /** @type {Map<string, any>} */
  const fields = new Map();
  /** Values for keys that the form does not show. */
  const beside = new Map();
  const advanced = groupsOf(schema.advanced);
  const more = el("details", { part: "advanced" }, el("summary", {}, words.advanced), advanced);
  const basic = groupsOf(schema.basic);
  more.open = basic.length === 0 || fields.size <= FEW;
  const element = el(
    "div",
    { class: "form", part: "fields" },
    headOf(schema),
    basic,
    advanced.length > 0 && more,
  );

  function groupsOf(groups) {
    for (const group of groups) {
      for (const field of group.fields) if (!group.visible || !field.visible) hide(field);
    }
    const shown = groups.filter((group) => group.visible && group.fields.some((field) => field.visible));
    return shown.map(({ title, fields: members }) =>
      el(
        "fieldset",
        { part: "group" },
        el("legend", {}, bdi(title)),
        members.filter((field) => field.visible).map(rowOf),
      ),
    );
  }

  /** What is sent and not shown; null is for media that nobody chose. */
  function hide({ key, randomize, value }) {
    if (randomize) beside.set(key, "random");
    else if (value !== null) beside.set(key, value);
  }

  function rowOf(field) {
    const control = controlFor(field, words);
    const id = freshId();
    const problem = el("p", { class: "problem", id: `${id}-problem`, hidden: true });
    const help = field.helpText || field.tooltip;
    const about = help ? el("p", { class: "help", id: `${id}-help`, dir: "auto" }, help) : null;
    control.field.id = id;
    control.field.setAttribute("aria-describedby", [about?.id, problem.id].filter(Boolean).join(" "));
    if (field.required) control.field.setAttribute("aria-required", "true");
    control.show(field.randomize ? "random" : field.value);
    fields.set(field.key, { field, control, problem });
    return el(
      "div",
      { class: "row", part: "row" },
      el("label", { for: id, part: "label" }, bdi(labelOf(field))),
      control.element,
      about,
      problem,
    );
  }

  /** What all fields hold, by key; fields that refuse are marked, and the first of them gets the focus: then it is null. */
  function read() {
    clearMarks();
    const values = Object.fromEntries(beside);
    let refused = null;
    for (const [key, { field, control }] of fields) {
      try {
        const value = checked(field, control);
        if (value !== null || field.value !== null) values[key] = value;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        mark(key, error.message);
        refused ??= key;
      }
    }
    if (refused === null) return values;
    focus(refused);
    return null;
  }

  function checked(field, control) {
    const value = control.read();
    const isMissing = value === null || value === "";
    if (isMissing && field.required) throw new Refusal(field.requiredMessage || words.needed);
    // An empty field that was null is left as it is.
    return value === "" && field.value === null ? null : value;
  }

  /** What the fields hold at present, whether it can be sent or not. */
  function peek() {
    const values = Object.fromEntries(beside);
    for (const [key, { control }] of fields) {
      try {
        values[key] = control.read();
      } catch {
        values[key] = control.field.value;
      }
    }
    return values;
  }

  function set(values) {
    for (const [key, value] of Object.entries(values)) {
      if (fields.has(key)) fields.get(key).control.show(value);
      else beside.set(key, value);
    }
  }

  function mark(key, message) {
    const found = fields.get(key);
    if (!found) return false;
    found.control.field.setAttribute("aria-invalid", "true");
    found.problem.replaceChildren(bdi(message));
    found.problem.hidden = false;
    return true;
  }

  function clearMarks() {
    for (const { control, problem } of fields.values()) {
      control.field.removeAttribute("aria-invalid");
      problem.hidden = true;
    }
  }

  function each(act) {
    for (const { control } of fields.values()) act(control);
  }

  function focus(key) {
    const found = fields.get(key);
    if (!found) return;
    const closed = found.control.field.closest("details");
    if (closed) closed.open = true;
    found.control.field.focus();
  }

  return {
    element,
    read,
    peek,
    set,
    mark,
    focus,
    has: (key) => fields.has(key),
    labelOf: (key) => (fields.has(key) ? labelOf(fields.get(key).field) : key),
    /** Gives back the addresses of chosen files. */
    leave: () => each((control) => control.leave?.()),
    /** Makes them anew. */
    back: () => each((control) => control.back?.()),
  };
}

function headOf({ title, description }) {
  if (!title && !description) return null;
  return el(
    "header",
    { part: "head" },
    title && el("h3", { dir: "auto" }, title),
    description && el("p", { dir: "auto" }, description),
  );
}

/** What a field is called: a designed form may leave its title empty. */
function labelOf({ title, input }) {
  return title || input;
}
