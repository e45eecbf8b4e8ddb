// Converts a workflow in API format, with ComfyUI's own nodes only, to the editor's format. No imports.

/** Widgets that the editor inserts after another one. */
const BEHIND = { seed: ["randomize"] };

/** The text of `workflow.json` for the text of a workflow. */
export function editorText(api) {
  const links = [];
  const nodes = Object.entries(JSON.parse(api)).map(([id, node]) => nodeOf(Number(id), node, links));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const [id, origin, slot] of links) outletOf(byId.get(origin), slot).links.push(id);
  const last_node_id = Math.max(...byId.keys());
  return JSON.stringify({ last_node_id, last_link_id: links.length, nodes, links, groups: [], version: 0.4 });
}

function nodeOf(id, { class_type, inputs, _meta }, links) {
  const linked = Object.entries(inputs).filter(([, value]) => Array.isArray(value));
  const values = Object.entries(inputs).filter(([, value]) => !Array.isArray(value));
  return {
    id,
    type: class_type,
    pos: [id * 10, id * 5],
    size: [315, 262],
    flags: {},
    order: id,
    mode: 0,
    inputs: linked.map(([name, [origin, slot]], index) => {
      links.push([links.length + 1, Number(origin), slot, id, index, "*"]);
      return { name, type: "*", link: links.length };
    }),
    outputs: [],
    title: _meta.title,
    properties: { "Node name for S&R": class_type },
    widgets_values: values.flatMap(([name, value]) => [value, ...(BEHIND[name] ?? [])]),
  };
}

function outletOf(node, slot) {
  for (let index = node.outputs.length; index <= slot; index += 1) {
    node.outputs.push({ name: `output ${index}`, type: "*", links: [] });
  }
  return node.outputs[slot];
}
