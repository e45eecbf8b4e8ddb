// From an inspection to what is drawn: boxes with their rows, ports and sizes, and the wires between them.

const HEADER = 44;
const ROW = 18;
export const WIDTH = 232;
const PADDING = 8;
const VALUES = 4;
/** Instead of a subgraph's class, which is an id. */
export const SUBGRAPH = "Subgraph";
/** The editor's title bar stands above the place that the file names. */
const TITLE_BAR = 30;

/**
 * What one canvas shows: the nodes inside `scope` (a subgraph node's id, or null for the outermost), and the links
 * between them. Of a subgraph in `opened` its own nodes are shown instead of it. A link that ends deeper inside ends at the
 * subgraph's node. `frames` are the editor's groups, which only fit around the places that it gave its nodes.
 */
export function graphModel(inspection, scope = null, opened = new Set()) {
  const parents = parentsOf(inspection);
  const inside = inspection.nodes.filter(
    ({ id }) => !opened.has(id) && isReached(id, scope, opened, parents),
  );
  const index = new Map(inside.map((node, at) => [node.id, at]));
  const holders = new Set(inspection.nodes.map((node) => node.parent).filter((id) => id !== null));
  const links = linksBetween(inspection.links, index, parents);
  const worst = worstProblems(inspection.problems, index, parents);
  const leaving = new Map(inside.map((node) => [node.id, []]));
  for (const link of links) leaving.get(link.source).push(link);
  const nodes = inside.map((node) =>
    boxOf(node, leaving.get(node.id), worst.get(node.id) ?? null, holders.has(node.id)),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const wires = links.map((link) => wireOf(link, index, byId)).filter((wire) => wire !== null);
  const frames = inspection.groups.filter(({ nodes: members }) =>
    members.length === 0 ? scope === null : index.has(members[0]),
  );
  return { scope, nodes, index, wires, frames, groups: [] };
}

/** Node id → the subgraph node that it is in, null for the outermost. @returns {Map<string, string | null>} */
export function parentsOf({ nodes }) {
  return new Map(nodes.map((node) => [node.id, node.parent ?? null]));
}

/** Whether a node is in a scope, or inside what is opened there. */
export function isReached(id, scope, opened, parents) {
  let at = parents.get(id) ?? null;
  while (at !== scope && at !== null && opened.has(at)) at = parents.get(at) ?? null;
  return at === scope;
}

function linksBetween(links, index, parents) {
  const lift = (id) => {
    let at = id;
    while (at !== null && at !== undefined && !index.has(at)) at = parents.get(at);
    return at ?? null;
  };
  const between = [];
  for (const { from, to } of links) {
    const source = lift(from.node);
    const target = lift(to.node);
    if (source === null || target === null) continue;
    // Inside one subgraph seen from outside, there is nothing to draw.
    if (source === target && (source !== from.node || target !== to.node)) continue;
    between.push({
      source,
      output: source === from.node ? (from.output ?? 0) : 0,
      target,
      input: target === to.node ? to.input : null,
    });
  }
  return between;
}

/** Node id → the gravest severity of its problems; problems inside a subgraph mark its node, too. */
function worstProblems(problems, index, parents) {
  const worst = new Map();
  for (const { node, severity } of problems) {
    if (severity === "info") continue;
    for (let id = node; id !== null && id !== undefined; id = parents.get(id)) {
      if (index.has(id) && worst.get(id) !== "error") worst.set(id, severity);
    }
  }
  return worst;
}

function boxOf(node, leaving, problem, isSubgraph) {
  const inputs = node.inputs.filter((input) => input.link !== null).map((input) => input.name);
  const outputs = new Map();
  for (const { output } of leaving) outputs.set(output, node.outputs[output]?.name ?? `output ${output}`);
  const values = node.inputs.filter((input) => input.link === null && isShown(input));
  const rows = Math.max(inputs.length, outputs.size);
  const shown = values.slice(0, VALUES).map((input) => ({ name: input.name, text: valueText(input.value) }));
  const own = HEADER + PADDING + (rows + shown.length) * ROW + (rows + shown.length > 0 ? PADDING : 0);
  return {
    id: node.id,
    title: node.title,
    classType: isSubgraph ? SUBGRAPH : (node.classType ?? "no class"),
    isOutput: node.isOutput,
    mode: node.mode,
    note: node.editorOnly,
    isSubgraph,
    problem,
    inputs,
    outputs: [...outputs.entries()].sort((a, b) => a[0] - b[0]).map(([at, name]) => ({ at, name })),
    values: shown,
    depth: node.depth,
    width: WIDTH,
    height: own,
    drawn: node.position,
  };
}

function isShown({ value }) {
  return value !== null && typeof value !== "object" && value !== "";
}

function valueText(value) {
  return typeof value === "string" ? value.replace(/\s+/g, " ").slice(0, 80) : String(value);
}

function wireOf({ source, output, target, input }, index, byId) {
  const from = byId.get(source);
  const to = byId.get(target);
  if (!from || !to) return null;
  const outRow = from.outputs.findIndex((port) => port.at === output);
  const inRow = input === null ? 0 : to.inputs.indexOf(input);
  return {
    from: index.get(source),
    to: index.get(target),
    fromY: portY(Math.max(outRow, 0)),
    toY: portY(Math.max(inRow, 0)),
  };
}

/** Where a port stands below the top of its box. */
export function portY(row) {
  return HEADER + PADDING + row * ROW + ROW / 2;
}

/** The model with the places and sizes that the editor's file names; null when a node has none. */
export function asDrawn(model) {
  if (model.nodes.length === 0 || model.nodes.some((node) => node.drawn === null)) return null;
  const nodes = model.nodes.map((node) => ({
    ...node,
    width: Math.max(120, node.drawn.width),
    height: Math.max(0, node.drawn.height) + TITLE_BAR,
  }));
  const places = {
    x: Float64Array.from(model.nodes, (node) => node.drawn.x),
    y: Float64Array.from(model.nodes, (node) => node.drawn.y - TITLE_BAR),
  };
  return { model: { ...model, nodes, groups: model.frames }, places };
}
