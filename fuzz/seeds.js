// Fills fuzz/corpus/<target>/ from the tests' fixtures: `node fuzz/seeds.js`. The corpus is not in git.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const FIXTURES = fileURLToPath(new URL("../tests/fixtures/", import.meta.url));
const CORPUS = fileURLToPath(new URL("corpus/", import.meta.url));
/** Longer ones make each case slow, and say nothing that a short one does not. */
const LONGEST = 24 * 1024;
const SEPARATOR = Buffer.of(0xff);

const all = readdirSync(FIXTURES, { recursive: true })
  .map((name) => join(FIXTURES, name))
  .filter((path) => statSync(path).isFile() && statSync(path).size <= LONGEST)
  .sort();
const under = (...directories) =>
  all.filter((path) => directories.some((directory) => path.startsWith(join(FIXTURES, directory, "/"))));
const json = (paths) => paths.filter((path) => path.endsWith(".json"));
const read = (paths) => paths.map((path) => [basename(path), readFileSync(path)]);
const text = (name, ...parts) => [name, Buffer.concat(parts.map((part) => Buffer.from(part)))];

const api = read([
  ...json(under("workflows")),
  ...under("convert").filter((path) => path.endsWith(".api.json")),
]);
const editor = read([
  ...under("convert").filter((path) => path.endsWith(".ui.json")),
  ...json(under("editor", "cases")),
]);
const carried = read(json(under("wrappers", "cases", "view_comfy")));
const definitions = read(json(under("definitions")).concat(all.filter((path) => /object_info/.test(path))));
const streams = read(under("sse"));
const results = [
  '{"prompt_id":"1","status":"success","completed":true,"execution_time_seconds":1.5,"prompt":{"3":{"inputs":{}}},"outputs":[{"filename":"a.png","content_type":"image/png","data":"aGVsbG8=","size":5},{"filename":"b.txt","data":"QUJD"}]}',
  '{"outputs":[{"filename":"a.png","url":"https://example.com/a.png?x=1","content_type":"image/png","size":12}]}',
  '{"status":"error","completed":false,"error_data":{"exception_message":"no memory","node_id":"3"},"outputs":[]}',
].map((body, at) => text(`result-${at}`, body));
const failures = [
  '\u0000{"detail":"not found"}',
  '\u0001{"error":{"type":"prompt_outputs_failed_validation","message":"x","details":"y"},"node_errors":{"3":{"errors":[{"type":"value_not_in_list","message":"m","details":"d","extra_info":{"input_name":"ckpt_name"}}],"class_type":"CheckpointLoaderSimple","dependent_outputs":["9"]}}}',
  '\u0005{"detail":[{"loc":["body","params"],"msg":"field required","type":"missing"}]}',
  "\u0007<html><head><title>502 Bad Gateway</title></head><body>x</body></html>",
].map((body, at) => text(`failure-${at}`, body));
/** A workflow and parameters for some of its keys. */
const withParams = api.map(([name, bytes]) => text(name, bytes, SEPARATOR, someParams(bytes)));
/** An editor's file and parameters for some keys of what it is converted to: as they are, and others. */
const edits = editor.flatMap(([name, bytes]) => {
  const converted = api.find(([other]) => other === name.replace(".ui.json", ".api.json"))?.[1];
  if (!converted) return [];
  return [
    text(name, bytes, SEPARATOR, someParams(converted)),
    text(`other-${name}`, bytes, SEPARATOR, someParams(converted, changed)),
  ];
});
/** Editor's files with nodes from node packs, and the definitions of their classes in `definitions-custom.json`. */
const ofPacks = editor.flatMap(([name, bytes]) => {
  const { classes } = JSON.parse(readFileSync(new URL("../pkg/definitions-custom.json", import.meta.url)));
  const used = [...new Set([...bytes.toString().matchAll(/"type": ?"([^"\\]+)"/g)].map(([, type]) => type))];
  const known = used.filter((type) => Object.hasOwn(classes, type)).slice(0, 3);
  if (known.length === 0) return [];
  const custom = { classes: Object.fromEntries(known.map((type) => [type, classes[type]])) };
  return [text(name, bytes, SEPARATOR, JSON.stringify(custom))];
});
const versions = [
  [1, 2, 3],
  ["a", 0.5],
  [true, "b", 7, null],
].map((values, at) =>
  text(
    `versions-${at}`,
    JSON.stringify({ links: [], nodes: [{ id: 1, type: "Old", widgets_values: values }] }),
    SEPARATOR,
    '{"classes":{"Old":{"input":{"required":{"a":["INT",{}],"b":["FLOAT",{}],"c":["STRING",{}]}},"output":["X"],',
    '"older":[{"required":{"t":["STRING",{}],"b":["FLOAT",{}]}},{"required":{"o":["BOOLEAN",{}],"t":[["a","b"]],"a":["INT",{}]}}]}}}',
  ),
);
/** Streams as `EventSource` would deliver their events, and log lines that contain progress. */
const framed = [
  text("result", "prompt_result", SEPARATOR, results[0][1]),
  ...[
    " 45%|####5     | 9/20 [00:03<00:04,  2.51it/s]",
    "9it [00:03, 2.51s/it]",
    "a: 100%|###| 1.5k/1.5k [1:02:03<00:00, 3.1kB/s]",
    "step 9/20",
    "9 of 20 steps",
    "progress: 45%",
  ].map((line, at) =>
    text(`line-${at}`, "log_message", SEPARATOR, line, "\nerror", SEPARATOR, '{"error":"x"}'),
  ),
];

/** Parameters for some inputs of a workflow in API format, as JSON. */
function someParams(bytes, made = (value) => value) {
  const nodes = Object.entries(nodesOf(bytes)).slice(0, 3);
  const inputs = nodes.flatMap(([id, node]) =>
    Object.entries(node?.inputs ?? {}).map(([input, value]) => [`${id}-inputs-${input}`, made(value)]),
  );
  return JSON.stringify(Object.fromEntries(inputs.filter(([, value]) => value !== undefined).slice(0, 6)));
}

/** Another value of the same kind; none in place of a link. */
function changed(value) {
  if (Array.isArray(value)) return undefined;
  return typeof value === "number" ? value + 1 : typeof value === "string" ? `${value} {b|c}` : value;
}
const pairs = api.map(([name, bytes], at) => text(name, bytes, SEPARATOR, api[(at + 1) % api.length][1]));
const designs = read(json(under("view_comfy"))).flatMap(([name, bytes]) => [
  [name, bytes],
  ...api.slice(0, 3).map(([of, file], at) => text(`${at}-${name}-${of}`, file, SEPARATOR, bytes)),
]);

/** The nodes of a workflow that is plain JSON. */
function nodesOf(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return {};
  }
}

const SEEDS = {
  json: [...api.slice(0, 30), ...carried],
  workflow: [...api, ...carried],
  apply: withParams,
  params: [
    ...withParams,
    ...withParams
      .slice(0, 20)
      .map(([name, bytes]) => text(`known-${name}`, bytes, SEPARATOR, definitions[0][1])),
  ],
  sse: [
    ...streams,
    ...results.map(([name, body]) => text(name, "event: prompt_result\ndata: ", body, "\n\n")),
  ],
  base64: ["", "QQ==", "QUI=", "QUJD", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoQUJDREVGR0hJSktMTU5PUA=="].map(
    (body, at) => text(`base64-${at}`, body),
  ),
  result: results,
  failure: failures,
  find: read(under("found", "cases")),
  convert: [...editor, ...carried],
  inspect: [...api.slice(0, 40), ...editor, ...carried],
  diff: pairs,
  definitions,
  form: [...api.slice(0, 20), ...designs],
  edit: edits,
  custom: [...ofPacks, ...versions],
  events: framed,
};

for (const [target, seeds] of Object.entries(SEEDS)) {
  const directory = join(CORPUS, target);
  mkdirSync(directory, { recursive: true });
  for (const [at, [name, bytes]] of seeds.entries())
    writeFileSync(join(directory, `seed-${at}-${name}`), bytes);
}
