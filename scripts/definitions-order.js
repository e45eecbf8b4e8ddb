// Puts classes in an order in which they compress well: each one next to the class that it has most in common with. Node
// built-ins only.

import { printExact } from "./definitions-trimmed.js";

/**
 * The names in that order, beginning with the first. `classes` has the trimmed classes; looking at each pair takes too long
 * for thousands of names, so call it with those of one pack.
 */
export function besideAlike(names, classes) {
  const left = new Map(names.map((name) => [name, new Set(inputsOf(classes[name]))]));
  const ordered = [];
  let name = names[0];
  while (name !== undefined) {
    const inputs = left.get(name);
    left.delete(name);
    ordered.push(name);
    name = mostAlike(name, inputs, left);
  }
  return ordered;
}

/** Each input as text: its name, type and options. */
function inputsOf({ input }) {
  return Object.values(input).flatMap((section) => Object.entries(section).map(printExact));
}

function mostAlike(name, inputs, others) {
  let [best, most] = [undefined, -1];
  for (const [other, ofOther] of others) {
    const common = lengthInCommon(inputs, ofOther) + startInCommon(name, other);
    if (common > most) [best, most] = [other, common];
  }
  return best;
}

function lengthInCommon(inputs, others) {
  let length = 0;
  for (const input of inputs) if (others.has(input)) length += input.length;
  return length;
}

function startInCommon(left, right) {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}
