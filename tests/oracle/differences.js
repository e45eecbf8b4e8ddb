// What differs between two conversions of one workflow, by the rule that it is about.

/** What can differ, most telling first. A file is counted under the first that does. */
export const RULES = [
  "one of them refuses the file",
  "which nodes are in the prompt",
  "class of a node",
  "where a link comes from",
  "which inputs are there",
  "value of an input",
  "title and origin (_meta)",
];

/**
 * @typedef {{ prompt: any } | { error: string }} Made
 * @param {Made} left
 * @param {Made} right
 * @returns {{ rule: string, where: string } | null} the first difference, by rule; null where there is none
 */
export function firstDifference(left, right) {
  const found = [...differences(left, right)];
  found.sort((a, b) => RULES.indexOf(a.rule) - RULES.indexOf(b.rule));
  return found[0] ?? null;
}

function* differences(left, right) {
  if ("error" in left && "error" in right) return;
  if ("error" in left || "error" in right) {
    yield { rule: RULES[0], where: left.error ?? right.error };
    return;
  }
  for (const id of union(left.prompt, right.prompt)) {
    const [a, b] = [left.prompt[id], right.prompt[id]];
    if (a === undefined || b === undefined)
      yield { rule: RULES[1], where: `${id} ${sided(a?.class_type, b?.class_type)}` };
    else yield* differencesOfNode(id, a, b);
  }
}

function* differencesOfNode(id, left, right) {
  if (left.class_type !== right.class_type)
    yield { rule: RULES[2], where: `${id} ${sided(left.class_type, right.class_type)}` };
  for (const name of union(left.inputs, right.inputs)) {
    const [a, b] = [left.inputs[name], right.inputs[name]];
    const rule = ruleOf(a, b);
    if (!same(a, b)) yield { rule, where: `${id} ${left.class_type}.${name} ${sided(a, b)}` };
  }
  if (!same(left._meta, right._meta))
    yield { rule: RULES[6], where: `${id} ${sided(left._meta, right._meta)}` };
}

function ruleOf(left, right) {
  if (isLink(left) || isLink(right)) return RULES[3];
  return left === undefined || right === undefined ? RULES[4] : RULES[5];
}

function isLink(value) {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string";
}

function union(left, right) {
  return new Set([...Object.keys(left), ...Object.keys(right)]);
}

/** The order of keys is part of what is compared: the page writes it. */
function same(left, right) {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sided(left, right) {
  return `${short(left)} | ${short(right)}`;
}

function short(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
