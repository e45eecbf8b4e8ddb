// Workflows with many of one thing, as texts.

const range = (count) => [...Array(count).keys()];
const object = (entries) => JSON.stringify(Object.fromEntries(entries));

/** A workflow in API format with `count` nodes as `node` makes them; its inputs may be given alone. */
export function api(count, node) {
  const made = range(count).map((id) => {
    const { class_type = "ImageScale", _meta, ...inputs } = node(id);
    return [`${id}`, { class_type, inputs, ...(_meta && { _meta }) }];
  });
  return object(made);
}

/** A workflow of one node with these inputs, as entries. */
export const oneNode = (inputs, class_type = "ImageScale") =>
  JSON.stringify({ 1: { class_type, inputs: Object.fromEntries(inputs) } });

export const entries = (count, value = (at) => at, name = (at) => `input ${at}`) =>
  range(count).map((at) => [name(at), value(at)]);

/** Around a value so many arrays. */
export const nested = (levels, inner = "1") => "[".repeat(levels) + inner + "]".repeat(levels);

/** A file in editor format: nodes without ids are numbered from 1, links `[from, slot, to, slot]` likewise. */
export function editor(nodes, links = [], more = {}) {
  return JSON.stringify(graph(nodes, links, { version: 0.4, ...more }));
}

export function graph(nodes, links = [], more = {}) {
  const made = nodes.map((node, at) => ({ id: at + 1, type: "ImageInvert", mode: 0, ...node }));
  const byId = new Map(made.map((node) => [node.id, node]));
  const listed = links.map(([from, slot, to, at], index) => {
    const id = index + 1;
    const origin = byId.get(from);
    const target = byId.get(to);
    if (origin) {
      origin.outputs ??= [];
      while (origin.outputs.length <= slot) origin.outputs.push({ name: "IMAGE", type: "IMAGE", links: [] });
      origin.outputs[slot].links.push(id);
    }
    if (target) {
      target.inputs ??= [];
      while (target.inputs.length <= at)
        target.inputs.push({ name: `image${target.inputs.length}`, type: "IMAGE", link: null });
      target.inputs[at].link = id;
    }
    return [id, from, slot, to, at, "IMAGE"];
  });
  return { nodes: made, links: listed, ...more };
}

/** Nodes of one kind in a row, each fed by the one before, with `first` in front and `last` behind. */
export function row(count, node, first = { type: "EmptyImage" }, last = { type: "SaveImage" }) {
  const nodes = [first, ...range(count).map(() => structuredClone(node)), last];
  return editor(
    nodes,
    range(count + 1).map((at) => [at + 1, 0, at + 2, 0]),
  );
}

/** A definition of a subgraph: a graph with links as objects, an input and an output. */
export function subgraph(id, { nodes, links = [], ...more }) {
  const made = graph(nodes, links);
  const asObjects = made.links.map(([id, origin_id, origin_slot, target_id, target_slot, type]) => ({
    id,
    origin_id,
    origin_slot,
    target_id,
    target_slot,
    type,
  }));
  return {
    id,
    version: 1,
    name: id,
    inputNode: { id: -10 },
    outputNode: { id: -20 },
    inputs: [],
    outputs: [],
    ...made,
    links: asObjects,
    ...more,
  };
}

/** Subgraphs in each other, so many levels, with `inner` nodes in the innermost. */
export function levels(count, inner = 1) {
  const definitions = range(count).map((level) =>
    subgraph(`level-${level}`, {
      nodes: level === 0 ? range(inner).map(() => ({ type: "EmptyImage" })) : [{ type: `level-${level - 1}` }],
    }),
  );
  return editor([{ type: `level-${count - 1}` }], [], { definitions: { subgraphs: definitions } });
}

export { range };
