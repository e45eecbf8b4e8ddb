// Every call that takes data, with data that is nested very deeply or contains very long chains.
// No imports, since pages load it too.

const range = (count) => [...Array(count).keys()];
const arrays = (levels) => "[".repeat(levels) + "]".repeat(levels);
const objects = (levels) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const withValue = (json) => `{"1":{"class_type":"A","inputs":{"a":${json},"seed":1}}}`;
const editor = (nodes, more = "") => `{"version":0.4,"links":[],"nodes":[${nodes}]${more}}`;
const withLinks = (nodes, links) => JSON.stringify({ version: 0.4, nodes, links });
const text = (value) =>
  editor(`{"id":1,"type":"CLIPTextEncode","widgets_values":[${JSON.stringify(value)}]}`);

/** Nested JavaScript arrays or objects. */
function nested(levels, wrap) {
  let value = 1;
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}

/** A chain of nodes, each linked to the one before. */
function chain(count) {
  const nodes = range(count).map((id) => [id, { class_type: "A", inputs: { a: id ? [`${id - 1}`, 0] : 1 } }]);
  return JSON.stringify(Object.fromEntries(nodes));
}

function row(count, node) {
  const nodes = range(count).map((id) => ({
    id,
    type: id === count - 1 ? "SaveImage" : "Reroute",
    mode: 0,
    inputs: id ? [{ name: "images", type: "IMAGE", link: id }] : [],
    outputs: [{ name: "IMAGE", type: "IMAGE", links: [id + 1] }],
    ...node,
  }));
  return withLinks(
    nodes,
    range(count - 1).map((id) => [id + 1, id, 0, id + 1, 0, "IMAGE"]),
  );
}

function subgraphs(levels) {
  const of = (level) => (level === 0 ? "EmptyImage" : `s${level - 1}`);
  const definitions = range(levels).map((level) => ({
    id: `s${level}`,
    nodes: [{ id: 1, type: of(level) }],
    links: [],
    inputs: [],
    outputs: [],
  }));
  return editor(
    `{"id":1,"type":"s${levels - 1}"}`,
    `,"definitions":${JSON.stringify({ subgraphs: definitions })}`,
  );
}

/** Nested Matroska tags. */
function tags(levels) {
  const bytes = [];
  for (let level = 0; level < levels; level += 1)
    bytes.push(0x67, 0xc8, 0x01, ...sevenBytes(10 * (levels - level - 1)));
  const segment = (id, content) => [...id, 0x01, ...sevenBytes(content.length), ...content];
  const head = [0x1a, 0x45, 0xdf, 0xa3, 0x80];
  const all = segment(
    [0x18, 0x53, 0x80, 0x67],
    segment([0x12, 0x54, 0xc3, 0x67], segment([0x73, 0x73], bytes)),
  );
  return new Blob([new Uint8Array([...head, ...all])]);
}

const sevenBytes = (number) => [0, 0, 0, 0, number >> 16, number >> 8, number].map((byte) => byte & 255);

const API = {
  "arrays in a value": (n) => withValue(arrays(n)),
  "objects in a value": (n) => withValue(objects(n)),
  "arrays that are not closed": (n) => withValue("[".repeat(n)),
  "a workflow in wrappers": (n) => `${'{"prompt":'.repeat(n)}${withValue(1)}${"}".repeat(n)}`,
  "a workflow in lists": (n) => `${"[".repeat(n)}${withValue(1)}${"]".repeat(n)}`,
  "a row of nodes": chain,
  "an object of JavaScript": (n) => ({ 1: { class_type: "A", inputs: { a: nested(n, (a) => ({ a })) } } }),
  "arrays of JavaScript": (n) => ({ 1: { class_type: "A", inputs: { a: nested(n, (a) => [a]) } } }),
};

const EDITOR = {
  "a row of reroutes": (n) => row(n, {}),
  "a row of bypassed nodes": (n) => row(n, { type: "ImageInvert", mode: 4 }),
  "subgraphs in subgraphs": subgraphs,
  "braces in a prompt": (n) => text("{".repeat(n) + "}".repeat(n)),
  "options in a prompt": (n) => text(`${"{a|".repeat(n)}b${"}".repeat(n)}`),
  "values of a widget": (n) => editor(`{"id":1,"type":"A","widgets_values":[${arrays(n)}]}`),
  "values by name": (n) => editor(`{"id":1,"type":"A","widgets_values":${objects(n)}}`),
  properties: (n) => editor(`{"id":1,"type":"A","properties":${objects(n)}}`),
  extra: (n) => editor('{"id":1,"type":"A"}', `,"extra":${objects(n)}`),
};

const FILES = {
  JSON: (n) => new Blob([withValue(arrays(n))]),
  "JSON in wrappers": (n) => new Blob([API["a workflow in wrappers"](n)]),
  "elements of an SVG": (n) => new Blob(["<svg>", "<metadata>".repeat(n), "</metadata>".repeat(n), "</svg>"]),
  "JSON in an SVG": (n) => new Blob([`<svg><metadata>${withValue(arrays(n))}</metadata></svg>`]),
  "tags of a Matroska file": tags,
};

const INFO = (n) => `{"A":{"input":{"required":{"a":${arrays(n)},"b":[["x"],${objects(n)}]}},"output":[]}}`;
const DESIGN = (n) => `{"file_type":"view_comfy","workflows":[{"viewComfyJSON":${objects(n)}}]}`;
const SIMPLE = withValue(1);

/** The client's calls. */
export const CLIENT_CALLS = [
  ...of(API, {
    flattenWorkflow: (lib, file) => lib.flattenWorkflow(file),
    flattenWorkflowToJson: (lib, file) => lib.flattenWorkflowToJson(file, 2),
    applyParams: (lib, file) => lib.applyParams(file, { "1-inputs-seed": 7 }),
    "buildParams with it": (lib, file) => lib.buildParams({ "1-inputs-seed": 7 }, { workflow: file }),
    "buildParams with it to send": (lib, file) => lib.buildParams({}, { workflowApi: file }),
  }),
  ...of(
    { arrays: (n) => nested(n, (a) => [a]), objects: (n) => nested(n, (a) => ({ a })) },
    {
      "a parameter": (lib, value) => lib.buildParams({ "1-inputs-a": value }),
      "a parameter put in": (lib, value) => lib.applyParams(SIMPLE, { "1-inputs-a": value }),
      stringifyJson: (lib, value) => lib.stringifyJson(value),
    },
  ),
  ...of(
    {
      arrays,
      objects,
      "arrays with a seed": (n) => `[18446744073709551615,${arrays(n)}]`,
      "arrays with NaN": (n) => `[NaN,${arrays(n)}]`,
    },
    { parseJson: (lib, json) => lib.parseJson(json) },
  ),
  ...of(
    { objectInfo: INFO },
    { buildParams: (lib, objectInfo) => lib.buildParams({}, { workflow: SIMPLE, objectInfo }) },
  ),
];

/** The inspection's calls. */
export const INSPECT_CALLS = [
  ...of(
    { ...API, ...EDITOR },
    {
      inspectWorkflow: (lib, file) => lib.inspectWorkflow(file),
      formSchema: (lib, file) => lib.formSchema(file),
      "diffWorkflows with another": (lib, file) => lib.diffWorkflows(file, SIMPLE),
      "diffWorkflows with itself": (lib, file) => lib.diffWorkflows(file, file),
      toApiFormat: (lib, file) => lib.toApiFormat(file),
      applyParams: (lib, file) => lib.applyParams(file, { "1-inputs-seed": 7 }),
    },
  ),
  ...of(FILES, { findWorkflow: (lib, file) => lib.findWorkflow(file) }),
  ...of(
    { objectInfo: INFO },
    {
      NodeDefinitions: (lib, info) => new lib.NodeDefinitions(info),
      inspectWorkflow: (lib, objectInfo) => lib.inspectWorkflow(SIMPLE, { objectInfo }),
      formSchema: (lib, objectInfo) => lib.formSchema(SIMPLE, { objectInfo }),
      toApiFormat: (lib, objectInfo) => lib.toApiFormat(text("x"), { objectInfo }),
    },
  ),
  ...of({ viewComfy: DESIGN }, { formSchema: (lib, viewComfy) => lib.formSchema(SIMPLE, { viewComfy }) }),
];

/** Each of the calls with each of the inputs, by name. */
function of(things, calls) {
  return Object.entries(things).flatMap(([thing, make]) =>
    Object.entries(calls).map(([call, run]) => ({ name: `${call}: ${thing}`, make, run })),
  );
}

/**
 * Runs a call with this many levels. Returns `ok`, the code of our error, or the text of any other.
 *
 * @returns {Promise<string>}
 */
export async function outcomeOf(lib, { make, run }, levels) {
  const given = make(levels);
  try {
    await run(lib, given);
    return "ok";
  } catch (error) {
    return lib.isViewComfyError(error) ? error.code : `${error}`;
  }
}
