// Which control fits which kind of value.

import { choiceControl } from "./choice.js";
import { fileControl } from "./file.js";
import { jsonControl } from "./json.js";
import { LINK, linkControl } from "./link.js";
import { NUMBER, numberControl } from "./number.js";
import { seedControl } from "./seed.js";
import { sliderControl } from "./slider.js";
import { LONG_TEXT, TEXT, textControl } from "./text.js";
import { toggleControl } from "./toggle.js";

const CONTROLS = {
  text: textControl,
  "long-text": textControl,
  number: numberControl,
  seed: seedControl,
  boolean: toggleControl,
  choice: choiceControl,
  slider: sliderControl,
  file: fileControl,
  link: linkControl,
  json: jsonControl,
};

/**
 * The kinds that a large workflow has thousands of: `blank()` copies the element, `fill(element, { id, input })` makes it the
 * input's. It can stand there, and its control be made once something is done with it.
 */
const COPIED = { text: TEXT, "long-text": LONG_TEXT, number: NUMBER, link: LINK };

export const copied = (kind) => COPIED[kind] ?? null;

/**
 * Makes the control of one input: `{ element, field, show(value, text) }`, where an undefined value shows the workflow's own,
 * and a text is what was typed that is not a value. `filled` is the element of a copied kind that is there already.
 */
export function createControl(context) {
  return CONTROLS[context.input.kind](context);
}
