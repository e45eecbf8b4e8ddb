// Which control fits a field. Each is `{ element, field, read, show }`: `field` is what gets the focus, `read` gives the value
// or throws a `Refusal`, `show` takes one.

import { jsonText, parseJson } from "../../json.js";
import { parseNumber } from "../../view/exact-number.js";
import { kindOf, MEDIA } from "../../view/field-kind.js";
import { el } from "../dom.js";
import { say } from "../strings.js";
import { fileControl } from "./file.js";
import { Refusal } from "./refusal.js";
import { seedControl } from "./seed.js";

/**
 * The control of a field.
 *
 * @param {import("viewcomfy-wasm/inspect").FormField} field
 * @param {import("viewcomfy-wasm/element").ElementStrings} words
 */
export function controlFor(field, words) {
  const context = { field, words, label: field.title || field.input };
  const kind = kindOf(field, field.value);
  switch (kind) {
    case "file":
      return fileControl(context, MEDIA[field.type], field.type === "image-mask");
    case "json":
      return jsonControl(context);
    case "choice":
      return choiceControl(context);
    case "boolean":
      return toggleControl();
    case "seed":
      return seedControl(context, numberControl(context));
    case "slider":
      return sliderControl(context);
    case "number":
      return numberControl(context);
    default:
      return textControl(context, kind === "long-text");
  }
}

function textControl({ field: { placeholder } }, long) {
  let given = "";
  const field = el(long ? "textarea" : "input", {
    dir: "auto",
    part: "input",
    rows: long ? 3 : null,
    type: long ? null : "text",
    placeholder,
    autocomplete: "off",
  });
  // The browser reads every line break as LF: what was not changed is sent as it was.
  const read = () => (field.value === given.replace(/\r\n?/g, "\n") ? given : field.value);
  const show = (text) => {
    given = text ?? "";
    field.value = given;
  };
  return { element: field, field, read, show };
}

function numberControl({ field: { value, placeholder }, words }) {
  const field = el("input", {
    class: "number",
    part: "input",
    dir: "ltr",
    type: "text",
    // Phone keypads for decimals have no minus sign.
    inputmode: String(value).startsWith("-") ? "text" : "decimal",
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
  });
  const read = () => {
    const number = parseNumber(field.value);
    if (number === null) throw new Refusal(words.notANumber);
    return number;
  };
  return { element: field, field, read, show: (number) => (field.value = String(number ?? "")) };
}

function sliderControl(context) {
  const { min, max, step } = context.field;
  const number = numberControl(context);
  const slider = el("input", {
    type: "range",
    min,
    max,
    step: step ?? "any",
    "aria-label": say(context.words.slider, { field: context.label }),
    on: { input: () => (number.field.value = slider.value) },
  });
  number.field.addEventListener("input", () => (slider.value = number.field.value));
  const show = (value) => {
    number.show(value);
    slider.value = String(value);
  };
  return { ...number, element: el("div", { class: "pair" }, slider, number.element), show };
}

function toggleControl() {
  const field = el("input", { type: "checkbox", role: "switch", part: "switch" });
  return {
    element: field,
    field,
    read: () => field.checked,
    show: (value) => (field.checked = value === true),
  };
}

/** One value of a list. A value that is not on it stays to be chosen, marked. */
function choiceControl({ field: { options, value }, words }) {
  const listed = [...options];
  const field = el("select", { part: "input" });
  const add = ({ label }, at) => field.append(el("option", { value: at }, label));
  listed.forEach(add);
  const show = (chosen) => {
    let at = listed.findIndex((option) => option.value === chosen);
    if (at < 0) {
      at = listed.push({ label: say(words.notOnTheList, { value: String(chosen) }), value: chosen }) - 1;
      add(listed[at], at);
    }
    field.value = String(at);
  };
  show(value);
  return { element: field, field, read: () => listed[Number(field.value)].value, show };
}

function jsonControl({ words }) {
  const field = el("textarea", { class: "number", part: "input", dir: "ltr", rows: 3, spellcheck: "false" });
  const read = () => {
    try {
      return parseJson(field.value);
    } catch (error) {
      throw new Refusal(say(words.notJson, { reason: /** @type {Error} */ (error).message }));
    }
  };
  const fail = (what) => new Refusal(what);
  return {
    element: field,
    field,
    read,
    show: (value) => (field.value = isUnfinished(value) ? value : jsonText(value, { fail, infinite: true })),
  };
}

/** What somebody typed that is not JSON yet, kept through a change of words. */
function isUnfinished(value) {
  if (typeof value !== "string") return false;
  try {
    parseJson(value);
    return false;
  } catch {
    return true;
  }
}
