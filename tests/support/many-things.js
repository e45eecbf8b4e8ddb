// Workflows and files with many parts of one kind: for each, how many there are at first and the function that makes them.

const range = (count) => [...Array(count).keys()];
const object = (entries) => JSON.stringify(Object.fromEntries(entries));

/** A workflow in API format with `count` nodes made by `node`, which may return the inputs alone. */
function api(count, node) {
  const made = range(count).map((id) => {
    const { class_type = "ImageScale", _meta, ...inputs } = node(id);
    return [`${id}`, { class_type, inputs, ...(_meta && { _meta }) }];
  });
  return object(made);
}

/** A workflow of one node with these inputs, as entries. */
const oneNode = (inputs, class_type = "ImageScale") =>
  JSON.stringify({ 1: { class_type, inputs: Object.fromEntries(inputs) } });

const entries = (count, value = (at) => at, name = (at) => `input ${at}`) =>
  range(count).map((at) => [name(at), value(at)]);

/** A value inside this many arrays. */
const nested = (levels, inner = "1") => "[".repeat(levels) + inner + "]".repeat(levels);

/** A file in editor format: nodes without ids are numbered from 1, links `[from, slot, to, slot]` likewise. */
function editor(nodes, links = [], more = {}) {
  return JSON.stringify(graph(nodes, links, { version: 0.4, ...more }));
}

function graph(nodes, links = [], more = {}) {
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

/** A chain of nodes of one kind, each linked to the one before, with `first` before and `last` after them. */
function row(count, node, first = { type: "EmptyImage" }, last = { type: "SaveImage" }) {
  const nodes = [first, ...range(count).map(() => structuredClone(node)), last];
  return editor(
    nodes,
    range(count + 1).map((at) => [at + 1, 0, at + 2, 0]),
  );
}

/** A definition of a subgraph: a graph with links as objects, an input and an output. */
function subgraph(id, { nodes, links = [], ...more }) {
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

/** Nested subgraphs of this many levels, with `inner` nodes in the innermost. */
function levels(count, inner = 1) {
  const definitions = range(count).map((level) =>
    subgraph(`level-${level}`, {
      nodes:
        level === 0 ? range(inner).map(() => ({ type: "EmptyImage" })) : [{ type: `level-${level - 1}` }],
    }),
  );
  return editor([{ type: `level-${count - 1}` }], [], { definitions: { subgraphs: definitions } });
}

const long = (count) => "x".repeat(count);

/** In API format. */
export const API = {
  nodes: [1000, (n) => api(n, (id) => ({ steps: id, text: `t ${id}` }))],
  "a chain": [1000, (n) => api(n, (id) => ({ image: id ? [`${id - 1}`, 0] : 1 }))],
  "one node that feeds all": [1000, (n) => api(n, (id) => ({ image: id ? ["0", 0] : 1 }))],
  "one node fed by all": [
    2500,
    (n) => api(n, (id) => (id ? { a: 1 } : Object.fromEntries(range(n).map((i) => [`i${i}`, [`${i}`, 0]])))),
  ],
  "links to nothing": [1000, (n) => api(n, (id) => ({ image: [`x${id}`, 0] }))],
  "one circle": [1000, (n) => api(n, (id) => ({ image: [`${(id + 1) % n}`, 0] }))],
  "small circles": [1000, (n) => api(n, (id) => ({ image: [`${id ^ 1}`, 0] }))],
  "nodes into circle": [1000, (n) => api(n, (id) => ({ image: [id < 2 ? `${id ^ 1}` : `${id - 1}`, 0] }))],
  diamonds: [
    200,
    (n) =>
      api(2 * n, (id) => (id < 2 ? { a: 1 } : { a: [`${(id & ~1) - 1}`, 0], b: [`${(id & ~1) - 2}`, 0] })),
  ],
  inputs: [1000, (n) => oneNode(entries(n))],
  "text inputs": [1000, (n) => oneNode(entries(n, (i) => `text ${i}`))],
  classes: [1000, (n) => api(n, (id) => ({ class_type: `Class${id}`, a: id }))],
  known: [
    1000,
    (n) =>
      api(n, (id) => ({
        class_type: "KSampler",
        a: id,
        seed: 1,
        steps: "x",
        sampler_name: "q",
        model: ["0", 0],
      })),
  ],
  loaders: [
    1000,
    (n) => api(n, (id) => ({ class_type: "CheckpointLoaderSimple", ckpt_name: `m${id}.safetensors` })),
  ],
  titles: [1000, (n) => api(n, (id) => ({ _meta: { title: "Same" }, a: id }))],
  "lora titles": [
    1000,
    (n) => api(n, (id) => ({ _meta: { title: `T${id}` }, class_type: "LoraLoader", a: id })),
  ],
  "set get": [
    1000,
    (n) => api(n, (id) => ({ class_type: id % 2 ? "GetNode" : "SetNode", value: `n${id >> 1}` })),
  ],
  "a long id": [
    16_000,
    (n) => JSON.stringify({ [long(n)]: { class_type: "A", inputs: { a: [long(n), 0] } } }),
  ],
  "a long name": [4000, (n) => oneNode([[long(n), 1]])],
  "a long text": [4000, (n) => oneNode([["a", long(n)]])],
  "a long class": [16_000, (n) => oneNode([["a", 1]], long(n))],
  "a long title": [
    4000,
    (n) => JSON.stringify({ 1: { class_type: "A", _meta: { title: long(n) }, inputs: {} } }),
  ],
  "a long number": [
    4000,
    (n) => `{"1":{"class_type":"KSampler","inputs":{"seed":${"1".repeat(n)},"cfg":0.${"1".repeat(n)}}}}`,
  ],
  escapes: [
    4000,
    (n) =>
      `{"1":{"class_type":"KSampler","inputs":{"seed":"${"\\u0041".repeat(n)}","${"\\n".repeat(n)}":0}}}`,
  ],
  items: [6000, (n) => oneNode([["a", range(n)]])],
  "items of objects": [1000, (n) => oneNode([["a", range(n).map((i) => ({ [`k${i}`]: [i, { a: i }] }))]])],
  "same keys": [
    1000,
    (n) =>
      `{"1":{"class_type":"A","inputs":{${range(n)
        .map(() => '"a":1')
        .join()}}}}`,
  ],
  "same nodes": [
    1000,
    (n) =>
      `{${range(n)
        .map((_i) => '"1":{"class_type":"A","inputs":{"a":1}}')
        .join()}}`,
  ],
  "runs of a history": [
    200,
    (n) =>
      JSON.stringify(
        Object.fromEntries(
          range(n).map((i) => [
            `run${i}`,
            { prompt: [i, "id", JSON.parse(api(2, () => ({ a: 1 }))), {}, []] },
          ]),
        ),
      ),
  ],
  "a ring": [1000, (n) => api(n, (id) => ({ image: [`${(id + n - 1) % n}`, 0], text: "same" }))],
  "arrays in arrays": [40, (n) => `{"1":{"class_type":"A","inputs":{"a":${nested(n, `[${range(1000)}]`)}}}}`],
  "objects in objects": [
    40,
    (n) => `{"1":{"class_type":"A","inputs":{"a":${'{"b":'.repeat(n)}[${range(1000)}]${"}".repeat(n)}}}}`,
  ],
  "bypassed choices": [1000, (n) => api(n, (id) => ({ class_type: "LoadImage", image: `a${id}.png` }))],
};

const wv = (n) => range(n);
const NOTE = { type: "Note", widgets_values: ["x"] };
const inst = (id, more = {}) => ({ type: id, ...more });
const set = (i) => ({ type: "SetNode", widgets_values: [`n${i}`] });
const prompt = (text) =>
  editor([
    { type: "CLIPTextEncode", widgets_values: [text] },
    { type: "SaveImage", widgets_values: ["x"] },
  ]);
const file = (text) => editor([{ type: "SaveImage", widgets_values: [text] }]);
/** In the editor's format. */
export const EDITOR = {
  nodes: [
    200,
    (n) =>
      editor(
        range(n).map((i) => ({
          type: "KSampler",
          widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
        })),
      ),
  ],
  "a row": [200, (n) => row(n, { type: "ImageInvert" })],
  reroutes: [200, (n) => row(n, { type: "Reroute" })],
  "reroutes each read": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          ...range(n).map(() => ({ type: "Reroute" })),
          ...range(n).map(() => ({ type: "SaveImage" })),
        ],
        [...range(n).map((i) => [i + 1, 0, i + 2, 0]), ...range(n).map((i) => [i + 2, 0, n + i + 2, 0])],
      ),
  ],
  "bypassed each read": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          ...range(n).map(() => ({ type: "ImageInvert", mode: 4 })),
          ...range(n).map(() => ({ type: "SaveImage" })),
        ],
        [...range(n).map((i) => [i + 1, 0, i + 2, 0]), ...range(n).map((i) => [i + 2, 0, n + i + 2, 0])],
      ),
  ],
  bypassed: [200, (n) => row(n, { type: "ImageInvert", mode: 4 })],
  muted: [200, (n) => row(n, { type: "ImageInvert", mode: 2 })],
  "sets in a row": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          ...range(n).flatMap((i) => [
            { type: "SetNode", widgets_values: [`n${i}`] },
            { type: "GetNode", widgets_values: [`n${i}`] },
          ]),
          { type: "SaveImage" },
        ],
        [...range(n + 1).map((i) => [2 * i + 1, 0, 2 * i + 2, 0])],
      ),
  ],
  "sets and gets": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          ...range(n).map(set),
          ...range(n).flatMap((i) => [{ type: "GetNode", widgets_values: [`n${i}`] }, { type: "SaveImage" }]),
        ],
        [
          ...range(n).map((i) => [1, 0, i + 2, 0]),
          ...range(n).map((i) => [n + 2 + 2 * i, 0, n + 3 + 2 * i, 0]),
        ],
      ),
  ],
  primitives: [
    200,
    (n) =>
      editor(
        range(n).flatMap((i) => [
          { type: "PrimitiveNode", widgets_values: [i, "fixed"] },
          {
            type: "KSampler",
            inputs: [{ name: "seed", type: "INT", link: null, widget: { name: "seed" } }],
            widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
          },
        ]),
        range(n).map((i) => [2 * i + 1, 0, 2 * i + 2, 0]),
      ),
  ],
  "one primitive for all": [
    200,
    (n) =>
      editor(
        [
          { type: "PrimitiveNode", widgets_values: [7, "fixed"] },
          ...range(n).map((i) => ({
            type: "KSampler",
            inputs: [{ name: "seed", type: "INT", link: null, widget: { name: "seed" } }],
            widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
          })),
        ],
        range(n).map((i) => [1, 0, i + 2, 0]),
      ),
  ],
  "primitives for one": [
    200,
    (n) =>
      editor(
        [
          ...range(n).map((i) => ({ type: "PrimitiveNode", widgets_values: [i, "fixed"] })),
          {
            type: "Foreign",
            widgets_values: Object.fromEntries(range(n).map((i) => [`w${i}`, i])),
            inputs: range(n).map((i) => ({
              name: `w${i}`,
              type: "INT",
              link: null,
              widget: { name: `w${i}` },
            })),
          },
        ],
        range(n).map((i) => [i + 1, 0, n + 1, i]),
      ),
  ],
  "links from one": [
    200,
    (n) =>
      editor(
        [{ type: "EmptyImage" }, ...range(n).map(() => ({ type: "SaveImage" }))],
        range(n).map((i) => [1, 0, i + 2, 0]),
      ),
  ],
  "inputs of one": [
    200,
    (n) =>
      editor(
        [...range(n).map(() => ({ type: "EmptyImage" })), { type: "Foreign" }],
        range(n).map((i) => [i + 1, 0, n + 1, i]),
      ),
  ],
  "inputs of known": [
    200,
    (n) =>
      editor(
        [...range(n).map(() => ({ type: "EmptyImage" })), { type: "KSampler" }],
        range(n).map((i) => [i + 1, 0, n + 1, i]),
      ),
  ],
  "links to inputs that are not listed": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          {
            type: "CLIPTextEncode",
            inputs: range(n).map((i) => ({ name: `i${i}`, type: "IMAGE", link: null })),
          },
        ],
        [],
        { links: range(n).map((i) => [i + 1, 1, 0, 2, n + (i % 2), "IMAGE"]) },
      ),
  ],
  "sockets of a group node": [
    200,
    (n) => {
      const inputs = range(n).map((i) => ({
        name: `w${i}`,
        type: "INT",
        link: null,
        widget: { name: `w${i}` },
      }));
      return editor(
        [
          { type: "PrimitiveNode", widgets_values: [7, "fixed"] },
          { type: "workflow>g", inputs },
        ],
        range(n).map((i) => [1, 0, 2, i]),
        { extra: { groupNodes: { g: { nodes: [{ type: "Foreign", inputs }], links: [], external: [] } } } },
      );
    },
  ],
  "outputs of one": [
    200,
    (n) =>
      editor(
        [{ type: "Foreign" }, ...range(n).map(() => ({ type: "SaveImage" }))],
        range(n).map((i) => [1, i, i + 2, 0]),
      ),
  ],
  "inputs of bypassed": [
    200,
    (n) =>
      editor(
        [{ type: "Foreign" }, { type: "Foreign", mode: 4 }, ...range(n).map(() => ({ type: "SaveImage" }))],
        [...range(n).map((i) => [1, i, 2, i]), ...range(n).map((i) => [2, i, i + 3, 0])],
      ),
  ],
  "types in a list": [
    200,
    (n) => {
      const list = range(n)
        .map((i) => `T${i}`)
        .join();
      const t = JSON.parse(row(3, { type: "Foreign", mode: 4 }));
      for (const node of t.nodes) {
        for (const s of [...(node.inputs ?? []), ...(node.outputs ?? [])])
          s.type = s.link !== undefined ? list : `${list}x`;
      }
      return JSON.stringify(t);
    },
  ],
  "same ends": [
    200,
    (n) => {
      const t = JSON.parse(
        editor(
          [{ type: "EmptyImage" }, { type: "Foreign" }],
          range(n).map((i) => [1, 0, 2, i]),
        ),
      );
      t.links.forEach((l) => {
        l[4] = 0;
      });
      return JSON.stringify(t);
    },
  ],
  widgets: [200, (n) => editor([{ type: "Foreign", widgets_values: wv(n) }])],
  "named widgets": [
    200,
    (n) =>
      editor([
        {
          type: "Foreign",
          widgets_values: Object.fromEntries(range(n).map((i) => [`w${i}`, i])),
          inputs: range(n).map((i) => ({
            name: `w${i}`,
            type: "INT",
            link: null,
            widget: { name: `w${i}` },
          })),
        },
      ]),
  ],
  surplus: [200, (n) => editor([{ type: "KSampler", widgets_values: wv(n) }])],
  "sockets with widgets": [
    200,
    (n) =>
      editor([
        {
          type: "Foreign",
          widgets_values: wv(n),
          inputs: range(n).map((i) => ({
            name: `w${i}`,
            type: "INT",
            link: null,
            widget: { name: `w${i}` },
          })),
        },
      ]),
  ],
  notes: [200, (n) => editor(range(n).map(() => NOTE))],
  groups: [
    200,
    (n) => editor([{}], [], { groups: range(n).map((i) => ({ title: `g${i}`, bounding: [i, i, 10, 10] })) }),
  ],
  "ue links": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          ...range(n).map(() => ({
            type: "SaveImage",
            inputs: [{ name: "images", type: "IMAGE", link: null }],
          })),
        ],
        [],
        {
          extra: {
            ue_links: range(n).map((i) => ({
              downstream: i + 2,
              downstream_slot: 0,
              upstream: 1,
              upstream_slot: 0,
            })),
          },
        },
      ),
  ],
  "ue links into one": [
    200,
    (n) =>
      editor(
        [
          { type: "EmptyImage" },
          { type: "Foreign", inputs: range(n).map((i) => ({ name: `i${i}`, type: "IMAGE", link: null })) },
        ],
        [],
        {
          extra: {
            ue_links: range(n).map((i) => ({
              downstream: 2,
              downstream_slot: i,
              upstream: 1,
              upstream_slot: 0,
            })),
          },
        },
      ),
  ],
  "arrays in arrays": [
    40,
    (n) =>
      editor([{ type: "Foreign", widgets_values: { a: 0 } }]).replace(
        '"a":0',
        `"a":${nested(n, `[${range(1000)}]`)}`,
      ),
  ],
  "unclosed comments": [8000, (n) => prompt("/*".repeat(n))],
  comments: [1000, (n) => prompt("/* a */ b".repeat(n))],
  slashes: [1000, (n) => prompt("/ ".repeat(n))],
  "line comments": [1000, (n) => prompt("// a\n".repeat(n))],
  "open braces": [1000, (n) => prompt("{".repeat(n))],
  braces: [1000, (n) => prompt("{a|b} ".repeat(n))],
  options: [1000, (n) => prompt(`{${"a|".repeat(n)}}`)],
  "braces in braces": [40, (n) => prompt(`${"{".repeat(n)}${long(4000)}${"}".repeat(n)}`)],
  backslashes: [1000, (n) => prompt("\\".repeat(n))],
  "braces in first": [1000, (n) => prompt(`{${"{a|b}".repeat(n)}|c}`)],
  percents: [1000, (n) => file("%".repeat(n))],
  dates: [1000, (n) => file("%date:yyyy-MM-dd%".repeat(n))],
  placeholders: [1000, (n) => file("%Some.seed%".repeat(n))],
  "savers naming nodes": [
    200,
    (n) =>
      editor([
        ...range(n).map((i) => ({
          type: "KSampler",
          title: `S${i}`,
          widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
        })),
        ...range(n).map((i) => ({ type: "SaveImage", widgets_values: [`%S${i}.seed%`] })),
      ]),
  ],
  "equal ids": [200, (n) => editor(range(n).map(() => ({ id: 7 })))],
  "texts as ids": [200, (n) => editor(range(n).map((i) => ({ id: `node ${i}` })))],
  "subgraph definitions": [
    100,
    (n) =>
      editor(
        range(n).map((i) => inst(`s${i}`)),
        [],
        {
          definitions: {
            subgraphs: range(n).map((i) =>
              subgraph(`s${i}`, {
                nodes: [{ type: "EmptyImage" }, { type: "SaveImage" }],
                links: [[1, 0, 2, 0]],
              }),
            ),
          },
        },
      ),
  ],
  instances: [
    100,
    (n) =>
      editor(
        range(n).map((_i) => inst(`s`)),
        [],
        {
          definitions: {
            subgraphs: [
              subgraph(`s`, {
                nodes: [{ type: "EmptyImage" }, { type: "SaveImage" }],
                links: [[1, 0, 2, 0]],
              }),
            ],
          },
        },
      ),
  ],
  levels: [20, (n) => levels(n, 50)],
  "nodes in a subgraph": [100, (n) => levels(1, n)],
  ports: [
    100,
    (n) =>
      editor(
        [{ type: "Foreign" }, inst("s")],
        range(n).map((i) => [1, i, 2, i]),
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: [{ type: "Foreign" }],
                links: range(n).map((i) => [-10, i, 1, i]),
                inputs: range(n).map((i) => ({
                  id: `p${i}`,
                  name: `image${i}`,
                  type: "IMAGE",
                  linkIds: [i + 1],
                })),
              }),
            ],
          },
        },
      ),
  ],
  "promoted ports": [
    100,
    (n) =>
      editor(
        [
          inst("s", {
            widgets_values: wv(n),
            inputs: range(n).map((i) => ({
              name: `w${i}`,
              type: "INT",
              link: null,
              widget: { name: `w${i}` },
            })),
          }),
        ],
        [],
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: [
                  {
                    type: "Foreign",
                    widgets_values: Object.fromEntries(range(n).map((i) => [`w${i}`, i])),
                    inputs: range(n).map((i) => ({
                      name: `w${i}`,
                      type: "INT",
                      link: null,
                      widget: { name: `w${i}` },
                    })),
                  },
                ],
                links: range(n).map((i) => [-10, i, 1, i]),
                inputs: range(n).map((i) => ({ id: `p${i}`, name: `w${i}`, type: "INT", linkIds: [i + 1] })),
              }),
            ],
          },
        },
      ),
  ],
  "output ports": [
    100,
    (n) =>
      editor(
        [inst("s"), ...range(n).map(() => ({ type: "SaveImage" }))],
        range(n).map((i) => [1, i, i + 2, 0]),
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: range(n).map(() => ({ type: "EmptyImage" })),
                links: range(n).map((i) => [i + 1, 0, -20, i]),
                outputs: range(n).map((i) => ({
                  id: `p${i}`,
                  name: `o${i}`,
                  type: "IMAGE",
                  linkIds: [i + 1],
                })),
              }),
            ],
          },
        },
      ),
  ],
  "proxy widgets": [
    100,
    (n) =>
      editor(
        [
          inst("s", {
            properties: { proxyWidgets: range(n).map((i) => [`${i + 1}`, "seed"]) },
            widgets_values: wv(n),
          }),
        ],
        [],
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: range(n).map((i) => ({
                  type: "KSampler",
                  widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
                })),
              }),
            ],
          },
        },
      ),
  ],
  "proxy widgets of instances": [
    100,
    (n) =>
      editor(
        range(n).map(() => inst("s", { properties: { proxyWidgets: [["1", "seed"]] }, widgets_values: [5] })),
        [],
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: [{ type: "KSampler", widgets_values: [1, "fixed", 20, 8, "euler", "normal", 1] }],
              }),
            ],
          },
        },
      ),
  ],
  "proxy primitives": [
    100,
    (n) =>
      editor(
        [
          inst("s", {
            properties: { proxyWidgets: range(n).map((i) => [`${2 * i + 1}`, "value"]) },
            widgets_values: wv(n),
          }),
        ],
        [],
        {
          definitions: {
            subgraphs: [
              subgraph("s", {
                nodes: range(n).flatMap((i) => [
                  { type: "PrimitiveNode", widgets_values: [i, "fixed"] },
                  {
                    type: "KSampler",
                    inputs: [{ name: "seed", type: "INT", link: null, widget: { name: "seed" } }],
                    widgets_values: [i, "fixed", 20, 8, "euler", "normal", 1],
                  },
                ]),
                links: range(n).map((i) => [2 * i + 1, 0, 2 * i + 2, 0]),
              }),
            ],
          },
        },
      ),
  ],
  "group nodes": [
    100,
    (n) =>
      editor(
        range(n).map(() => ({ type: "workflow>g" })),
        [],
        {
          extra: {
            groupNodes: {
              g: {
                nodes: [
                  { index: 0, type: "EmptyImage" },
                  { index: 1, type: "SaveImage" },
                ],
                links: [[0, 0, 1, 0, 1, "IMAGE"]],
                external: [],
              },
            },
          },
        },
      ),
  ],
  "nodes in a group node": [
    100,
    (n) =>
      editor([{ type: "workflow>g", widgets_values: wv(4 * n) }], [], {
        extra: {
          groupNodes: {
            g: {
              nodes: range(n).map((index) => ({ index, type: "EmptyImage", widgets_values: [1, 2, 3, 4] })),
              links: range(n - 1).map((i) => [i, 0, i + 1, 0, 1, "IMAGE"]),
              external: range(n).map((i) => [i, 0, "IMAGE"]),
            },
          },
        },
      }),
  ],
  "group node kinds": [
    100,
    (n) =>
      editor(
        range(n).map((i) => ({ type: `workflow>g${i}` })),
        [],
        {
          extra: {
            groupNodes: Object.fromEntries(
              range(n).map((i) => [
                `g${i}`,
                { nodes: [{ index: 0, type: "EmptyImage" }], links: [], external: [] },
              ]),
            ),
          },
        },
      ),
  ],
  "unknown classes": [
    200,
    (n) => editor(range(n).map((i) => ({ type: `Foreign${i}`, properties: { cnr_id: `pack${i}` } }))),
  ],
  properties: [200, (n) => editor([{ properties: Object.fromEntries(range(n).map((i) => [`p${i}`, i])) }])],
  extra: [200, (n) => editor([{}], [], { extra: Object.fromEntries(range(n).map((i) => [`p${i}`, i])) })],
  "a long class": [4000, (n) => editor([{ type: long(n) }])],
  "a long value": [4000, (n) => editor([{ type: "SaveImage", widgets_values: [long(n)] }])],
  "a long list as value": [400, (n) => editor([{ type: "Foreign", widgets_values: { a: range(n) } }])],
  "rgthree lora": [
    200,
    (n) =>
      editor([
        {
          type: "Power Lora Loader (rgthree)",
          widgets_values: range(n).map((i) => ({ on: true, lora: `l${i}`, strength: 1 })),
        },
      ]),
  ],
};
