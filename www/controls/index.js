// Which control fits which kind of value.

import { choiceControl } from "./choice.js";
import { fileControl } from "./file.js";
import { jsonControl } from "./json.js";
import { linkControl } from "./link.js";
import { numberControl } from "./number.js";
import { seedControl } from "./seed.js";
import { sliderControl } from "./slider.js";
import { textControl } from "./text.js";
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
 * Makes the control of one input: `{ element, field, show(value, text) }`, where an undefined value shows the workflow's own,
 * and a text is what was typed that is not a value.
 */
export function createControl(context) {
  return CONTROLS[context.input.kind](context);
}
