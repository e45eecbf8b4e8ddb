// What a screen reader says of a node.

import { count } from "../format.js";

export function spoken({ id, title, inputs, outputs }, problems) {
  const into = inputs.filter((input) => input.link !== null).length;
  const out = outputs.reduce((sum, output) => sum + output.links, 0);
  const own = problems.filter((problem) => problem.node === id).length;
  const parts = [`${title}, number ${id}`, `${count(into, "link")} in, ${out} out`];
  if (own > 0) parts.push(count(own, "problem"));
  return `${parts.join(". ")}.`;
}
