// Two neighbours of each case of tests/fixtures/cases: the same kind of file, and what must not be taken for it. Each is
// made of the case, through the public calls.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { crc32 } from "node:zlib";

import initInspect, * as inspect from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { fixture } from "../support/cli.js";

before(() => Promise.all([init(), initInspect()]));

const LARGEST = 18446744073709551615n;
const bytesOf = (name) => readFileSync(fixture(`cases/${name}`));
const textOf = (name) => bytesOf(name).toString();
const jsonOf = (name) => JSON.parse(textOf(name));
const definitions = (text) => new inspect.NodeDefinitions(text);
const problemsOf = (workflow, options) => inspect.inspectWorkflow(workflow, options).problems;
const errorsOf = (workflow, options) =>
  problemsOf(workflow, options)
    .filter(({ severity }) => severity === "error")
    .map(({ code }) => code);

/** The text of a case with something else in it, which has to be there. */
function changed(text, from, to) {
  assert.ok(text.includes(from), from);
  return text.replace(from, () => to);
}

/** Bytes of a file with a text in the place of another, filled up with spaces so that no length changes. */
function written(name, from, to) {
  const bytes = Buffer.from(bytesOf(name));
  const at = bytes.indexOf(from);
  assert.ok(at >= 0 && to.length <= from.length, from);
  bytes.write(to.padEnd(from.length), at, "latin1");
  return bytes;
}

/** The JSON of a case after `change`. */
function withChange(name, change) {
  const value = jsonOf(name);
  change(value);
  return JSON.stringify(value);
}

const node = (workflow, id) => workflow.nodes.find((each) => each.id === id);

async function converted(workflow, options) {
  const { json, warnings, report } = await inspect.toApiFormat(workflow, options);
  return { nodes: JSON.parse(json), codes: warnings.map(({ code }) => code), report };
}

/** What flattening gives of a workflow of a red fox. */
function flat(workflow, expected) {
  const values = lib.flattenWorkflow(workflow);
  for (const [key, value] of Object.entries(expected)) assert.equal(values[key], value, key);
}

const found = (bytes) => inspect.findWorkflow(new Uint8Array(bytes));

/** A PNG with one text. */
function png(keyword, text) {
  const chunk = (type, data) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, checksum]);
  };
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const said = chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1"));
  return Buffer.concat([signature, chunk("IHDR", Buffer.alloc(13)), said, chunk("IEND", Buffer.alloc(0))]);
}

const FOX = '"a red fox"';
/** What belongs to a case, and cases that are neighbours themselves. */
const BESIDE = [
  ...[
    "01-infinity.json",
    "01-minus-infinity.json",
    "01-nan-value.json",
    "03-workflow.json",
    "enc_utf16.json",
  ],
  ...["conv_forceinput_seed.object_info.json", "conv_widgets_object.object_info.json"],
];

/** For each case what its neighbours are, and what must hold of them. */
const NEIGHBOURS = {
  "01-nan-list.png": {
    "-Infinity in a list of its own": async () => {
      const text = changed(textOf("01-nan.json"), "[NaN]", "[-Infinity, [NaN]]");
      const { prompt } = await found(png("prompt", text));
      assert.equal(prompt.json, text);
      flat(prompt.json, { "6-inputs-text": "a red fox", "3-inputs-seed": LARGEST });
    },
    "a word that Python does not write": async () => {
      const text = changed(textOf("01-nan.json"), "[NaN]", "[nan]");
      assert.equal((await found(png("prompt", text))).prompt.json, text);
      assert.throws(() => lib.flattenWorkflow(text), { code: "invalid_workflow" });
    },
  },
  "01-nan.json": {
    "as a value, null where it is sent": () => {
      const text = changed(textOf("01-nan.json"), '"cfg":7', '"cfg":Infinity');
      flat(text, { "3-inputs-cfg": Number.POSITIVE_INFINITY, "6-inputs-text": "a red fox" });
      const { json, warnings } = lib.buildParams(
        { "3-inputs-cfg": Number.POSITIVE_INFINITY },
        { checkAgainst: text },
      );
      assert.deepEqual([json, warnings.map(({ code }) => code)], ['{"3-inputs-cfg":null}', ["not_finite"]]);
    },
    "kept by applyParams beside a new value": () => {
      const applied = lib.applyParams(textOf("01-nan.json"), { "6-inputs-text": "a blue fox" });
      assert.equal(applied, changed(textOf("01-nan.json"), FOX, '"a blue fox"'));
    },
  },
  "01-nan-in-text.json": {
    "as a name": () => {
      const text = changed(textOf("01-nan-in-text.json"), '"text":"NaN', '"NaN":"Infinity","text":"NaN');
      flat(text, { "6-inputs-NaN": "Infinity", "6-inputs-text": 'NaN, Infinity and a "NaN": NaN fox' });
    },
    "the whole text": () => {
      const text = changed(textOf("01-nan.json"), FOX, '"NaN"');
      flat(text, { "6-inputs-text": "NaN" });
      assert.deepEqual(lib.buildParams({ "6-inputs-text": "NaN" }, { checkAgainst: text }).warnings, []);
    },
  },
  "02-comment-object.mp4": {
    "Infinity in the comment": async () => {
      const file = written("02-comment-object.mp4", '"is_changed":[NaN]', '"x":[Infinity]');
      const { prompt, workflow } = await found(file);
      flat(prompt.json, { "6-inputs-text": "a red fox", "3-inputs-seed": LARGEST });
      assert.ok(prompt.json.includes("[Infinity]") && workflow !== null);
    },
    "a comment that is not one of ours": async () => {
      assert.equal(
        await found(written("02-comment-object.mp4", '{"prompt": {"3":', '{"prompt":x{"3":')),
        null,
      );
    },
  },
  "03-object_info.json": {
    "a bound on one side": () => {
      const known = definitions(changed(textOf("03-object_info.json"), "-Infinity", "0.5"));
      const { nodes } = inspect.inspectWorkflow(textOf("03-workflow.json"), { objectInfo: known });
      const { min, max } = nodes[0].inputs.find(({ name }) => name === "factor");
      assert.deepEqual([min, max], [0.5, null]);
      const below = changed(textOf("03-workflow.json"), "2.5", "0.25");
      assert.deepEqual(errorsOf(below, { objectInfo: known }), ["out_of_range"]);
    },
    "a largest value that is Infinity and a smallest above the value": () => {
      const known = definitions(
        changed(textOf("03-object_info.json"), '{"default":NaN}', '{"min":5,"max":Infinity}'),
      );
      assert.deepEqual(errorsOf(textOf("03-workflow.json"), { objectInfo: known }), ["out_of_range"]);
    },
  },
  "04-double.mp4": {
    "with quotes in a text": async () => {
      const { prompt } = await found(written("04-double.mp4", "a red fox", 'a\\\\\\"b'));
      flat(prompt.json, { "6-inputs-text": 'a"b   ' });
    },
    "a string in a string that is not JSON": async () => {
      const file = written("04-double.mp4", '"{\\"3\\":{\\"inputs\\"', '"{\\"3\\":x\\"inputs\\"');
      const { prompt } = await found(file);
      assert.throws(() => lib.flattenWorkflow(prompt.json), { code: "invalid_workflow" });
    },
  },
  "07-comment-undefined.jpg": {
    "the code of ASCII": async () => {
      const file = Buffer.from(bytesOf("07-comment-undefined.jpg"));
      file.write("ASCII\0\0\0", file.indexOf('{"prompt"') - 8, "latin1");
      const { prompt, workflow } = await found(file);
      flat(prompt.json, { "6-inputs-text": "a red fox" });
      assert.ok(workflow);
    },
    "the prompt under another name": async () => {
      const { prompt, workflow } = await found(written("07-comment-undefined.jpg", '{"prompt"', '{"papers"'));
      assert.equal(prompt, null);
      assert.equal(inspect.inspectWorkflow(workflow.json).format, "editor");
    },
  },
  "07-bare-nodes.jpg": {
    "the code of JIS": async () => {
      const file = Buffer.from(bytesOf("07-bare-nodes.jpg"));
      const at = file.indexOf(Buffer.from('{"3":', "utf16le")) - 8;
      assert.equal(file.toString("latin1", at, at + 7), "UNICODE");
      file.write("JIS\0\0\0\0\0", at, "latin1");
      flat((await found(file)).prompt.json, { "6-inputs-text": "a red fox", "3-inputs-seed": LARGEST });
    },
    "nodes without a class": async () => {
      const file = Buffer.from(bytesOf("07-bare-nodes.jpg"));
      const name = Buffer.from("class_type", "utf16le");
      for (let at = file.indexOf(name); at >= 0; at = file.indexOf(name))
        file.write("class_name", at, "utf16le");
      assert.equal(await found(file), null);
    },
  },
  "08-history.json": {
    "of several runs the newest": () => {
      const [first] = Object.values(jsonOf("08-history.json"));
      const older = JSON.stringify({
        ...first,
        prompt: [1, "a", { 1: { class_type: "A", inputs: { x: 1 } } }, {}, []],
      });
      const both = changed(textOf("08-history.json"), "{", `{"a": ${older}, `);
      flat(both, { "6-inputs-text": "a red fox", "3-inputs-seed": LARGEST });
    },
    "of no run": () => {
      assert.throws(() => lib.flattenWorkflow("{}"), { code: "invalid_workflow" });
      const empty = '{"0b7c": {"prompt": [3, "0b7c"], "outputs": {}}}';
      assert.throws(() => lib.flattenWorkflow(empty), { code: "invalid_workflow" });
    },
  },
  "10-label.json": {
    "a bookmark": async () => {
      const { nodes, codes } = await converted(
        changed(textOf("10-label.json"), "Label (rgthree)", "Bookmark (rgthree)"),
      );
      assert.deepEqual([Object.keys(nodes), codes], [["1", "3"], []]);
    },
    "a node of a pack that the server knows": async () => {
      const { nodes, codes } = await converted(
        changed(textOf("10-label.json"), "Label (rgthree)", "Label (theirs)"),
      );
      assert.deepEqual([Object.keys(nodes), codes], [["1", "3", "8"], ["unknown_class"]]);
    },
  },
  "16-rgthree-seed.json": {
    "noise_seed of a pack's class": () => {
      const workflow = '{"1": {"class_type": "Theirs (x)", "inputs": {"noise_seed": 5}}}';
      const { seeds } = lib.buildParams({ "1-inputs-noise_seed": "random" }, { checkAgainst: workflow });
      assert.ok(BigInt(seeds["1-inputs-noise_seed"]) <= 2n ** 50n);
    },
    "what definitions allow": () => {
      const objectInfo =
        '{"Seed (rgthree)": {"input": {"required": {"seed": ["INT", {"min": 3, "max": 4}]}}, "output": ["INT"]}}';
      const options = { checkAgainst: textOf("16-rgthree-seed.json"), objectInfo };
      const { seeds } = lib.buildParams({ "1-inputs-seed": "random" }, options);
      assert.ok([3n, 4n].includes(BigInt(seeds["1-inputs-seed"])));
    },
  },
  "17-int-link.json": {
    "the same as a text": () =>
      assert.deepEqual(errorsOf(changed(textOf("17-int-link.json"), "[4,0]", '["4",0]')), []),
    "a text of a node that is not there": () => {
      assert.deepEqual(errorsOf(changed(textOf("17-int-link.json"), "[4,0]", '["44",0]')), [
        "link_to_missing_node",
      ]);
    },
  },
  "conv_custom_named_by_inputs.json": {
    "a boolean and a text": async () => {
      const text = withChange("conv_custom_named_by_inputs.json", (file) => {
        node(file, 1).widgets_values = ["b.safetensors", 9, "fixed", true];
      });
      const { nodes } = await converted(text);
      assert.deepEqual(nodes[1].inputs, { model_name: "b.safetensors", seed: 9, strength: true });
    },
    "one name too few": async () => {
      const text = withChange("conv_custom_named_by_inputs.json", (file) => node(file, 1).inputs.pop());
      const { nodes, report } = await converted(text);
      assert.equal(nodes[1].class_type, "MyCustomLoader");
      assert.ok(!("strength" in nodes[1].inputs));
      assert.equal(report.verdict, "unknown");
    },
  },
  "conv_custom_links_only.json": {
    bypassed: async () => {
      const { nodes } = await converted(
        withChange("conv_custom_links_only.json", (file) => {
          node(file, 3).mode = 4;
        }),
      );
      assert.ok(!("3" in nodes));
      assert.deepEqual(nodes[2].inputs.images, ["1", 0]);
    },
    "with a value without a name": async () => {
      const { nodes, report } = await converted(
        withChange("conv_custom_links_only.json", (file) => {
          node(file, 3).widgets_values = [5];
        }),
      );
      assert.deepEqual(nodes[3].inputs.image, ["1", 0]);
      assert.equal(report.doubts[0].code, "unknown_class");
    },
  },
  "conv_rgthree_reroute.json": {
    "muted in front of it": async () => {
      const { nodes } = await converted(
        withChange("conv_rgthree_reroute.json", (file) => {
          node(file, 1).mode = 2;
        }),
      );
      assert.ok(!("images" in nodes[2].inputs));
    },
    "ComfyUI's own": async () => {
      const { nodes } = await converted(
        textOf("conv_rgthree_reroute.json").replaceAll("Reroute (rgthree)", "Reroute"),
      );
      assert.deepEqual(
        [Object.keys(nodes), nodes[2].inputs.images],
        [
          ["1", "2"],
          ["1", 0],
        ],
      );
    },
  },
  "conv_set_get.json": {
    "another pack's": async () => {
      const text = textOf("conv_set_get.json")
        .replaceAll("SetNode", "easy setNode")
        .replaceAll("GetNode", "easy getNode");
      const { nodes } = await converted(text);
      assert.deepEqual(
        [Object.keys(nodes), nodes[2].inputs.images],
        [
          ["1", "2"],
          ["1", 0],
        ],
      );
    },
    "a name that nothing has": async () => {
      const { nodes } = await converted(
        withChange("conv_set_get.json", (file) => {
          node(file, 11).widgets_values = ["other"];
        }),
      );
      assert.ok(!("images" in nodes[2].inputs));
    },
  },
  "conv_widgets_object.json": {
    "without definitions": async () => {
      const { nodes } = await converted(textOf("conv_widgets_object.json"), { customNodes: false });
      assert.deepEqual([nodes[40].inputs.frame_rate, nodes[40].inputs.format], [24, "video/h264-mp4"]);
    },
    "of a class of ComfyUI's own": async () => {
      const { nodes } = await converted(
        withChange("conv_widgets_object.json", (file) => {
          node(file, 1).widgets_values = { height: 64, width: 32 };
        }),
      );
      assert.deepEqual([nodes[1].inputs.width, nodes[1].inputs.height], [32, 64]);
    },
  },
  "conv_forceinput_seed.json": {
    fixed: async () => {
      const objectInfo = definitions(textOf("conv_forceinput_seed.object_info.json"));
      const { nodes } = await converted(changed(textOf("conv_forceinput_seed.json"), "randomize", "fixed"), {
        objectInfo,
      });
      assert.deepEqual(nodes[2].inputs, { seed: 932685177371182, text: ["1", 0] });
    },
    "behind another value": async () => {
      const shape = changed(
        textOf("conv_forceinput_seed.object_info.json"),
        '"seed": [',
        '"count": ["INT", {}], "seed": [',
      );
      const text = changed(textOf("conv_forceinput_seed.json"), "[932685177371182", "[3, 932685177371182");
      const { nodes } = await converted(text, { objectInfo: definitions(shape) });
      assert.deepEqual(nodes[2].inputs, { count: 3, seed: 932685177371182, text: ["1", 0] });
    },
  },
  "oi_one_bad_class.json": {
    "no input at all": () => {
      const known = definitions(
        changed(textOf("oi_one_bad_class.json"), '{"required": {"text": ["STRING", {}]}}', "null"),
      );
      assert.deepEqual([known.size, known.unreadable], [2, []]);
    },
    "outputs as an object": () => {
      const known = definitions(
        changed(textOf("oi_one_bad_class.json"), '"output": "BOOLEAN"', '"output": {"a": 1}'),
      );
      assert.deepEqual([known.size, known.unreadable], [1, ["Text Find"]]);
      assert.ok(known.has("Good"));
    },
  },
  "inspect_false_no_output.json": {
    "a pack's VAEDecode": () => {
      const text = changed(
        textOf("inspect_false_no_output.json"),
        "KSampler (Efficient)",
        "VAEDecode That Saves",
      );
      assert.deepEqual(errorsOf(text), []);
    },
    "ComfyUI's own sampler": () => {
      const text = changed(textOf("inspect_false_no_output.json"), "KSampler (Efficient)", "KSampler");
      // The other class is a pack's, and may show something.
      assert.deepEqual(errorsOf(text), []);
      const known = changed(text, "Efficient Loader", "CheckpointLoaderSimple");
      assert.deepEqual(errorsOf(known), ["no_output_node"]);
    },
  },
  "inspect_false_cycle.json": {
    "active, lane by lane": () => {
      const text = withChange("inspect_false_cycle.json", (file) => {
        node(file, 5).mode = 0;
      });
      assert.ok(!errorsOf(text).includes("cycle"));
    },
    "a real one": () => {
      const link = (id) => [{ name: "image", type: "IMAGE", link: id }];
      const of = (id, link_in, links) => ({
        ...{ id, type: "ImageInvert", mode: 4 },
        ...{ inputs: link(link_in), outputs: [{ name: "IMAGE", type: "IMAGE", links }] },
      });
      const save = {
        id: 3,
        type: "SaveImage",
        mode: 0,
        inputs: [{ name: "images", type: "IMAGE", link: 3 }],
      };
      const links = [
        [1, 1, 0, 2, 0, "IMAGE"],
        [2, 2, 0, 1, 0, "IMAGE"],
        [3, 2, 0, 3, 0, "IMAGE"],
      ];
      const text = JSON.stringify({ version: 0.4, nodes: [of(1, 2, [1]), of(2, 1, [2, 3]), save], links });
      assert.deepEqual(errorsOf(text), ["cycle"]);
    },
  },
  "svg_desc.svg": {
    escaped: async () => {
      const [, inside] = /<desc>(.*)<\/desc>/s.exec(textOf("svg_desc.svg"));
      const { workflow } = await found(
        Buffer.from(`<svg><desc>${inside.replaceAll('"', "&quot;")}</desc></svg>`),
      );
      assert.deepEqual(JSON.parse(workflow.json), JSON.parse(inside));
    },
    "a description of somebody": async () => {
      assert.equal(await found(Buffer.from('<svg><desc>{"a": "red fox"}</desc></svg>')), null);
    },
  },
  "wrap_runpod.json": {
    "with images beside": () => {
      flat(changed(textOf("wrap_runpod.json"), '{"workflow"', '{"images": [], "workflow"'), {
        "6-inputs-text": "a red fox",
      });
    },
    "without a workflow": () => {
      assert.throws(() => lib.flattenWorkflow('{"input": {"images": []}}'), { code: "invalid_workflow" });
    },
  },
  "wrap_graphToPrompt.json": {
    "the halves the other way round": async () => {
      const { workflow, output } = jsonOf("wrap_graphToPrompt.json");
      const { prompt, workflow: graph } = await found(Buffer.from(JSON.stringify({ output, workflow })));
      assert.deepEqual([JSON.parse(prompt.json), JSON.parse(graph.json)], [output, workflow]);
    },
    "the editor's half alone": async () => {
      const { workflow } = jsonOf("wrap_graphToPrompt.json");
      const text = JSON.stringify({ workflow });
      assert.equal(inspect.inspectWorkflow(text).format, "editor");
      assert.throws(() => lib.flattenWorkflow(text), { code: "editor_workflow" });
    },
  },
  "wrap_list.json": {
    "in a list again": () => {
      const [first] = jsonOf("wrap_list.json");
      flat(JSON.stringify([JSON.stringify([first])]), { "6-inputs-text": "a red fox" });
    },
    "of nothing": () => assert.throws(() => lib.flattenWorkflow("[]"), { code: "invalid_workflow" }),
  },
  "wrap_prompt_string.json": {
    "text in text": () =>
      flat(JSON.stringify(JSON.stringify(jsonOf("wrap_prompt_string.json"))), {
        "6-inputs-text": "a red fox",
      }),
    "a text that says something else": () => {
      assert.throws(() => lib.flattenWorkflow('{"prompt": "a red fox"}'), { code: "invalid_workflow" });
    },
  },
  "find_nodedefs.json": {
    "with one class among them": async () => {
      const text = changed(textOf("find_nodedefs.json"), '"MyNode": {', '"MyNode": {"class_type": "A", ');
      assert.ok((await found(Buffer.from(text))).prompt.json.includes('"class_type"'));
    },
    "in a list": async () =>
      assert.equal(await found(Buffer.from(`[${textOf("find_nodedefs.json")}]`)), null),
  },
  "enc_utf16le.json": {
    "the other end first": () => {
      flat(Buffer.from(bytesOf("enc_utf16le.json")).swap16(), { "6-inputs-text": "a red fox" });
    },
    "cut in the middle of a character": () => {
      const cut = bytesOf("enc_utf16le.json").subarray(0, -1);
      assert.throws(() => lib.flattenWorkflow(cut), { code: "invalid_workflow" });
    },
  },
  "png_a1111.png": {
    "settings alone, without a negative prompt": async () => {
      const { parameters, prompt } = await found(
        png("parameters", "a red fox\nSteps: 4, Sampler: Euler, Seed: 1"),
      );
      assert.deepEqual([parameters.generator, prompt], ["a1111", null]);
    },
    "a text that nobody's program writes": async () => {
      assert.equal(await found(png("parameters", "a red fox")), null);
    },
  },
};

for (const [name, neighbours] of Object.entries(NEIGHBOURS)) {
  describe(name, () => {
    for (const [what, check] of Object.entries(neighbours)) test(what, check);
  });
}

test("each case has two", () => {
  const cases = readdirSync(fixture("cases")).filter((name) => !BESIDE.includes(name));
  assert.deepEqual(Object.keys(NEIGHBOURS).sort(), cases.sort());
  const few = Object.entries(NEIGHBOURS).filter(([, neighbours]) => Object.keys(neighbours).length < 2);
  assert.deepEqual(few, []);
});
