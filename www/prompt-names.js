// Names for prompts that nobody gave a title: by what they feed. "CLIP Text Encode (positive)" tells more than its class.

const WORDS = { positive: "positive", negative: "negative" };

/**
 * Gives untitled nodes whose text is a prompt the name of its role, wherever the session shows them. A text that is both, and
 * a node with a title of its own, keep what they are called.
 */
export function namePrompts({ workflow, inspection, picture, form }) {
  const roles = rolesOf(inspection.recipes);
  if (roles.size === 0) return;
  const names = new Map();
  for (const node of inspection.nodes) {
    const role = roles.get(node.id);
    if (role && isUntitled(node)) names.set(node.id, `${plainName(node)} (${WORDS[role]})`);
  }
  for (const node of [...inspection.nodes, ...(picture?.nodes ?? [])])
    if (names.has(node.id)) node.title = names.get(node.id);
  for (const group of form ? [...form.basic, ...form.advanced] : [])
    if (names.has(group.node)) group.title = names.get(group.node);
  if (workflow) nameParameters(workflow, names);
}

/** Node id → "positive" or "negative"; null for a text that is both. */
function rolesOf(recipes) {
  const roles = new Map();
  for (const { stages } of recipes) {
    for (const stage of stages) {
      for (const role of Object.keys(WORDS)) {
        for (const { node } of stage[role])
          roles.set(node, roles.has(node) && roles.get(node) !== role ? null : role);
      }
    }
  }
  return roles;
}

/** ComfyUI gives a node the name of its class, in one of its two spellings, until somebody gives it another. */
function isUntitled({ title, classType }) {
  const squashed = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return classType !== null && squashed(title.replace(/ \(Prompt\)$/, "")) === squashed(classType);
}

function plainName({ title, classType }) {
  return classType === "CLIPTextEncode" ? "CLIP Text Encode" : title;
}

function nameParameters(workflow, names) {
  for (const node of workflow.nodes) {
    const name = names.get(node.id);
    for (const input of node.inputs) {
      if (name) input.label = `${name}, ${input.name || "(no name)"}`;
      if (input.from && names.has(input.from.id)) input.from.title = names.get(input.from.id);
    }
    if (name) node.title = name;
  }
}
