// Converting through the built package: every form of workflow, of options and of definitions; what is warned of and refused.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { promisify } from "node:util";
import init, * as lib from "../../pkg/inspect-node.js";
import initClient, { flattenWorkflow } from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";

const FIXTURES = new URL("../fixtures/convert/", import.meta.url);
const DEFINITIONS = new URL("../../pkg/definitions.json", import.meta.url);
const objectInfo = readFileSync(new URL("object_info.json", FIXTURES), "utf8");
const read = (name) => readFileSync(new URL(name, FIXTURES), "utf8");
const plain = () => read("handmade/01_plain.ui.json");

/** A file of version 0.4 with these nodes and links, as text. */
const file = (nodes, links = "") => `{"version": 0.4, "nodes": [${nodes}], "links": [${links}]}`;

const SEED = "18446744073709551615";
const seeds = file(`{"id": 4, "type": "Seeds", "widgets_values": [${SEED}, "fixed", 30]}`);
const prompt = file(`{"id": 4, "type": "Prompt", "widgets_values": ["{a|b} // c", "x"]}`);
const foreign = file(
  `{"id": 4, "type": "Foreign", "properties": {"cnr_id": "some-pack", "ver": "1.2.3"}, "widgets_values": ["a"]}`,
);
const save = file(`{"id": 4, "type": "SaveImage", "widgets_values": ["%date:yyyy-MM-dd hh:mm:ss%"]}`);

const convert = (workflow, options = {}) => lib.toApiFormat(workflow, { objectInfo, ...options });
/** What the file says of a node's pack. */
const PACK = ["cnr_id", "aux_id", "ver"];
const inputs = async (...given) => JSON.parse((await convert(...given)).json)["4"].inputs;

/** Asserts that a file is refused for this reason, at this node and input; gives the message. */
async function assertRefused(work, { reason, nodeId, input }) {
  await assertFailure(work, "cannot_convert");
  const error = await work().catch((error) => error);
  assert.deepEqual([error.reason, error.nodeId, error.input], [reason, nodeId, input]);
  return error.message;
}

test("the conversion tells that it needs its wasm", async () => {
  await assertFailure(() => lib.toApiFormat(plain()), "not_initialised");
  await assertFailure(() => lib.NodeDefinitions.bundled(), "not_initialised");
});

describe("toApiFormat", () => {
  before(() => Promise.all([init(), initClient()]));

  test("gives what the editor exports, in every form the file is given", async () => {
    const text = plain();
    const exported = JSON.parse(read("handmade/01_plain.api.json"));
    const bytes = new TextEncoder().encode(text);
    for (const workflow of [text, bytes, bytes.buffer, JSON.parse(text)]) {
      const { json, warnings } = await lib.toApiFormat(workflow);
      assert.equal(json, JSON.stringify(exported, null, 2));
      assert.deepEqual(warnings, []);
    }
  });

  test("converts every fixture, and the result flattens", async () => {
    const names = readdirSync(new URL("templates/", FIXTURES)).filter((name) => name.endsWith(".ui.json"));
    assert.equal(names.length, 40);
    for (const name of names) {
      // The editor of the recordings has no packs.
      const { json } = await lib.toApiFormat(read(`templates/${name}`), { customNodes: false });
      let recorded = read(`templates/${name.replace(".ui.", ".api.")}`);
      // Of two links to one output of a subgraph the editor of today takes the other one.
      if (name.includes("rob_realistic")) recorded = recorded.replaceAll('["126:130",0]', '["126:96",0]');
      const exported = JSON.parse(recorded);
      const converted = JSON.parse(json);
      // The editor leaves out a class that it does not know; a server needs it.
      for (const [id, node] of Object.entries(exported)) node.class_type ??= converted[id].class_type;
      // The editor of the recordings knows titles alone.
      for (const node of Object.values(converted)) for (const key of PACK) delete node._meta[key];
      assert.deepEqual(converted, exported, name);
      for (const node of Object.values(converted)) assert.equal(typeof node.class_type, "string", name);
      const flat = Object.keys(flattenWorkflow(json));
      const inputs = Object.entries(exported).flatMap(([id, node]) =>
        Object.entries(node.inputs).map(([input, value]) => [`${id}-inputs-${input}`, value]),
      );
      const values = inputs.filter(([, value]) => !Array.isArray(value)).map(([key]) => key);
      assert.deepEqual(flat.filter((key) => values.includes(key)).sort(), values.sort(), name);
    }
  });

  test("keeps the digits of a seed", async () => {
    const { json } = await convert(seeds);
    assert.match(json, new RegExp(`"seed": ${SEED},`));
  });

  test("leaves API format as it is, without asking for definitions", async () => {
    const api = `{ "4":{"class_type":"Foreign", "inputs":{"seed":${SEED} }} }`;
    const converted = await lib.toApiFormat(api, { objectInfo: "no definitions" });
    assert.deepEqual(converted, { json: api, warnings: [], report: null });
  });

  test("warns of what may be otherwise, with node, input and advice", async () => {
    const { json, warnings } = await convert(foreign);
    assert.equal(warnings.length, 1);
    const { message, advice, ...rest } = warnings[0];
    assert.deepEqual(rest, { code: "unknown_class", node: "4", input: null });
    assert.match(message, /Foreign.*some-pack 1\.2\.3/);
    assert.match(advice, /object_info/);
    assert.deepEqual(JSON.parse(json), {
      4: {
        inputs: { UNKNOWN: "a" },
        class_type: "Foreign",
        _meta: { cnr_id: "some-pack", ver: "1.2.3" },
      },
    });
    const cut = (await convert(prompt)).warnings;
    assert.deepEqual(
      cut.map(({ code, node, input }) => [code, node, input]),
      [["comment_cut", "4", "text"]],
    );
    const old = (await lib.toApiFormat(read("handmade/70_version_missing.ui.json"))).warnings;
    assert.deepEqual(
      old.map(({ code, node, input }) => [code, node, input]),
      [["missing_version", null, null]],
    );
  });

  test("says whether the result runs", async () => {
    const { report } = await convert(seeds);
    const summary = "It runs as it is.";
    assert.deepEqual(report, { verdict: "runs", summary, packs: [], doubts: [] });
    const named = (await convert(foreign.replace('["a"]', '{"text": "a"}'))).report;
    assert.equal(named.verdict, "needs_packs");
    assert.deepEqual(named.packs, [
      { id: "some-pack", repository: null, versions: ["1.2.3"], classes: ["Foreign"], nodes: ["4"] },
    ]);
    const doubtful = (await convert(foreign)).report;
    assert.equal(doubtful.verdict, "unknown");
    assert.deepEqual(
      doubtful.doubts.map(({ code, class: name, nodes }) => [code, name, nodes]),
      [["unknown_class", "Foreign", ["4"]]],
    );
    assert.match(doubtful.summary, /cannot be known.*Foreign/);
  });

  test("does with prompts what it is told", async () => {
    assert.equal((await inputs(prompt)).text, "a ");
    assert.equal((await inputs(prompt, { dynamicPrompts: "first" })).text, "a ");
    assert.equal((await inputs(prompt, { dynamicPrompts: "keep" })).text, "{a|b} // c");
    const drawn = new Set();
    for (const seed of [0, 1, 2, 3, 4, 5, 6, 7, 2n ** 64n - 1n]) {
      const { text } = await inputs(prompt, { dynamicPrompts: seed });
      assert.equal((await inputs(prompt, { dynamicPrompts: seed })).text, text);
      drawn.add(text);
    }
    assert.deepEqual([...drawn].sort(), ["a ", "b "]);
    assert.deepEqual(
      await inputs(prompt, { dynamicPrompts: 5n }),
      await inputs(prompt, { dynamicPrompts: 5 }),
    );
  });

  test("writes dates in local time", async () => {
    const now = new Date(2026, 2, 4, 5, 6, 7);
    assert.equal((await inputs(save, { now })).filename_prefix, "2026-03-04 05:06:07");
    const before = new Date().getFullYear();
    const year = Number((await inputs(save)).filename_prefix.slice(0, 4));
    assert.ok(year >= before && year <= new Date().getFullYear());
  });

  test("refuses options that are none", async () => {
    const wrong = [
      ["dynamicPrompts", ["last", -1, 1.5, 2n ** 64n, 2 ** 53, Number.NaN, null, {}]],
      ["now", [5, "2026", new Date("never"), null]],
      ["strict", ["error", 1, null]],
    ];
    for (const [key, values] of wrong) {
      for (const value of values)
        await assertFailure(() => convert(seeds, { [key]: value }), "invalid_param", { key });
    }
  });

  test("says why a file cannot be converted, and where", async () => {
    const dangling = read("handmade/28_link_from_missing_node.ui.json");
    const where = { reason: "dangling_link", nodeId: "2", input: "image" };
    await assertRefused(() => lib.toApiFormat(dangling), where);
    const mayNot = { reason: "may_not_run", nodeId: "4" };
    const message = await assertRefused(() => convert(foreign, { strict: true }), mayNot);
    assert.match(message, /some-pack 1\.2\.3/);
    const { reasons } = await convert(foreign, { strict: true }).catch((error) => error);
    assert.deepEqual(
      reasons.map(({ code, nodeId, input }) => [code, nodeId, input]),
      [["unknown_class", "4", null]],
    );
    for (const workflow of ["", "[1]", "{", new Uint8Array([0xff])]) {
      await assertFailure(() => lib.toApiFormat(workflow), "invalid_workflow");
    }
  });

  test("has room for the longest way that a link may go", async () => {
    const count = 3000;
    const ids = Array.from({ length: count }, (_, at) => at + 1);
    const slot = (link) => `"inputs": [{"name": "image", "type": "IMAGE", "link": ${link}}]`;
    const nodes = ids.map(
      (id) => `{"id": ${id}, "type": "Through", "mode": 4, ${slot(id === 1 ? count : id - 1)}}`,
    );
    const links = ids.map((id) => `[${id}, ${id}, 0, ${(id % count) + 1}, 0, "IMAGE"]`);
    const end = `{"id": 9000, "type": "Through", ${slot(9000)}}`;
    const circle = file([...nodes, end].join(","), [...links, '[9000, 5, 0, 9000, 0, "IMAGE"]'].join(","));
    const where = { reason: "bypass_cycle", nodeId: "9000", input: "image" };
    await assertRefused(() => convert(circle), where);
    const braces = "{a|".repeat(100_000);
    const deep = file(`{"id": 4, "type": "Prompt", "widgets_values": ["${braces}", "x"]}`);
    assert.ok((await inputs(deep)).text.length < braces.length);
    assert.equal((await convert(seeds)).warnings.length, 0, "the wasm works on");
  });
});

describe("NodeDefinitions.bundled", () => {
  before(() => init());

  test("reads the file of the package once", async () => {
    const first = lib.NodeDefinitions.bundled();
    assert.equal(lib.NodeDefinitions.bundled(), first);
    const definitions = await first;
    const { comfyui, classes } = JSON.parse(readFileSync(DEFINITIONS, "utf8"));
    assert.equal(definitions.bundledFrom, comfyui);
    assert.equal(definitions.size, Object.keys(classes).length);
    assert.ok(definitions.has("KSampler") && !definitions.has("Foreign"));
    assert.equal(new lib.NodeDefinitions(objectInfo).bundledFrom, null);
  });

  test("does what the default does, and other definitions do otherwise", async () => {
    const definitions = await lib.NodeDefinitions.bundled();
    const text = plain();
    const byDefault = await lib.toApiFormat(text);
    assert.deepEqual(await lib.toApiFormat(text, { objectInfo: definitions }), byDefault);
    const own = new lib.NodeDefinitions(objectInfo);
    const other = await lib.toApiFormat(text, { objectInfo: own });
    assert.ok(other.warnings.some(({ code }) => code === "unknown_class"));
    assert.deepEqual(await lib.toApiFormat(text, { objectInfo: JSON.parse(objectInfo) }), other);
  });

  test("is read from elsewhere when told so", async () => {
    const bytes = readFileSync(DEFINITIONS);
    for (const given of [DEFINITIONS, DEFINITIONS.href, new Response(bytes), Promise.resolve(DEFINITIONS)]) {
      const definitions = await lib.NodeDefinitions.bundled(given);
      assert.equal(definitions.bundledFrom, (await lib.NodeDefinitions.bundled()).bundledFrom);
      assert.notEqual(definitions, await lib.NodeDefinitions.bundled());
    }
  });

  test("tells the cause when it cannot be read, and may be tried again", async () => {
    const missing = new URL("no-definitions.json", DEFINITIONS);
    const error = await lib.NodeDefinitions.bundled(missing).catch((error) => error);
    assert.equal(error.code, "invalid_definitions");
    assert.match(error.message, /definitions\.json/);
    assert.ok(error.cause instanceof Error);
    assert.ok((await lib.NodeDefinitions.bundled(DEFINITIONS)).size > 0);
    for (const wrong of ["{}", "nothing", objectInfo]) {
      await assertFailure(() => lib.NodeDefinitions.bundled(new Response(wrong)), "invalid_definitions");
    }
  });
});

/** A class that only the file with custom nodes has, and one that nobody has. */
const custom = file(`{"id": 4, "type": "KSampler (Efficient)",
  "widgets_values": [${SEED}, "fixed", 20, 7, "euler", "normal", 1, "auto", "true"]}`);
const CUSTOM = new URL("../../pkg/definitions-custom.json", import.meta.url);

describe("NodeDefinitions.customNodes", () => {
  test("is read once, when a workflow has a class that the first definitions lack", async () => {
    // A process of its own, in which nothing was read yet.
    const script = `
      import fs from "node:fs/promises";
      import { syncBuiltinESMExports } from "node:module";
      const read = [];
      const { readFile } = fs;
      fs.readFile = (path, ...rest) => (read.push(String(path).split("/").pop()), readFile(path, ...rest));
      syncBuiltinESMExports();
      const lib = await import(${JSON.stringify(new URL("../../pkg/inspect-node.js", import.meta.url).href)});
      await lib.default();
      const files = () => read.splice(0).filter((name) => name.endsWith(".json"));
      const [plain, custom, foreign, objectInfo] = ${JSON.stringify([plain(), custom, foreign, objectInfo])};
      const steps = [];
      const step = async (...given) => (await lib.toApiFormat(...given), steps.push(files()));
      await step(plain);
      await step(custom, { customNodes: false });
      await step(custom, { objectInfo });
      await Promise.all([lib.toApiFormat(custom), lib.toApiFormat(custom)]);
      steps.push(files());
      await step(custom);
      await step(foreign, { objectInfo: await lib.NodeDefinitions.bundled() });
      console.log(JSON.stringify(steps));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    const [own, behind] = [["definitions.json"], ["definitions-custom.json"]];
    assert.deepEqual(JSON.parse(stdout), [own, [], [], behind, [], []]);
  });

  test("tells the names of values, exactly", async () => {
    const { json, warnings } = await lib.toApiFormat(custom);
    assert.deepEqual(warnings, []);
    assert.match(json, new RegExp(`"seed": ${SEED},`));
    assert.equal(JSON.parse(json)["4"].inputs.sampler_name, "euler");
    assert.match((await lib.toApiFormat(custom, { customNodes: false })).json, /"UNKNOWN"/);
  });

  test("stays behind what a server says, and is used beside it when asked for", async () => {
    const customNodes = await lib.NodeDefinitions.customNodes();
    const codes = async (options) => (await convert(custom, options)).warnings.map(({ code }) => code);
    assert.deepEqual(await codes({}), ["unknown_class"]);
    assert.match((await convert(custom)).json, /"UNKNOWN"/);
    for (const given of [true, customNodes]) {
      // The server lacks the class all the same, but its values have names.
      assert.deepEqual(await codes({ customNodes: given }), ["unknown_class"]);
      assert.match((await convert(custom, { customNodes: given })).json, /"sampler_name": "euler"/);
    }
    const refused = { reason: "may_not_run", nodeId: "4" };
    assert.match(await assertRefused(() => lib.toApiFormat(foreign, { strict: true }), refused), /Foreign/);
    // It is known what the class is, and not whether the server has it.
    const { report } = await lib.toApiFormat(custom);
    assert.deepEqual([report.verdict, report.packs[0].classes], ["needs_packs", ["KSampler (Efficient)"]]);
    assert.match(await assertRefused(() => lib.toApiFormat(custom, { strict: true }), refused), /packs/);
  });

  test("tells where values are put in", async () => {
    const changed = await lib.applyParams(custom, { "4-inputs-steps": 30 });
    assert.equal(changed, custom.replace("20, 7", "30, 7"));
    const options = { customNodes: false };
    await assert.rejects(() => lib.applyParams(custom, { "4-inputs-steps": 30 }, options));
  });

  test("describes classes to the inspection and to forms", async () => {
    const options = {
      objectInfo: await lib.NodeDefinitions.bundled(),
      customNodes: await lib.NodeDefinitions.customNodes(),
    };
    const seed = (options) =>
      lib.inspectWorkflow(custom, options).nodes[0].inputs.find(({ name }) => name === "seed");
    assert.equal(seed({}), undefined);
    assert.deepEqual([seed(options).type, seed(options).max], ["INT", BigInt(SEED)]);
    const { json } = await lib.toApiFormat(custom);
    const { basic, advanced } = lib.formSchema(json, options);
    const fields = [...basic, ...advanced].flatMap(({ fields }) => fields);
    assert.equal(fields.find(({ input }) => input === "cfg").max, 100);
    for (const wrong of [true, {}, "x"]) {
      assert.throws(() => lib.inspectWorkflow(custom, { customNodes: wrong }), { code: "invalid_param" });
      assert.throws(() => lib.formSchema(json, { customNodes: wrong }), { code: "invalid_param" });
    }
    await assertFailure(() => lib.toApiFormat(custom, { customNodes: {} }), "invalid_param");
  });

  test("tells the cause when it cannot be read, and is not the file of ComfyUI's own nodes", async () => {
    const missing = new URL("no-definitions.json", CUSTOM);
    const error = await lib.NodeDefinitions.customNodes(missing).catch((error) => error);
    assert.equal(error.code, "invalid_definitions");
    assert.match(error.message, /definitions-custom\.json/);
    assert.ok(error.cause instanceof Error);
    const definitions = await lib.NodeDefinitions.customNodes(CUSTOM);
    assert.ok(definitions.has("KSampler (Efficient)") && definitions.bundledFrom === null);
    for (const wrong of ["{}", "nothing", readFileSync(DEFINITIONS)]) {
      await assertFailure(() => lib.NodeDefinitions.customNodes(new Response(wrong)), "invalid_definitions");
    }
  });
});
