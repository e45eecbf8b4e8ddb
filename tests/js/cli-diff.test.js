// `diff`: what differs between two workflows, as text and as JSON, and an exit code as that of diff.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import init, { diffWorkflows, toApiFormat } from "../../pkg/inspect-node.js";
import { assertBlock, cli, fixture, ownDirectory } from "../support/cli.js";
import { parseExact } from "../support/workflows.js";

const A = {
  3: {
    class_type: "KSampler",
    inputs: { seed: 5, steps: 20, cfg: ["4", 1], old: "x", model: ["4", 0] },
  },
  4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  6: {
    class_type: "CLIPTextEncode",
    _meta: { title: "Prompt" },
    inputs: { text: `${"so ".repeat(200)}calm` },
  },
  8: { class_type: "ImageScale", inputs: { width: 1024 } },
  9: { class_type: "SaveImage", _meta: { title: "Save" }, inputs: { images: ["3", 0] } },
};
const B = {
  3: {
    class_type: "KSampler",
    inputs: { seed: "SEED", steps: 20, cfg: 7.5, model: ["10", 0] },
  },
  4: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  6: {
    class_type: "CLIPTextEncode",
    _meta: { title: "Prompt" },
    inputs: { text: `${"so ".repeat(200)}wild` },
  },
  9: { class_type: "SaveImage", _meta: { title: "Keep" }, inputs: { images: ["3", 0] } },
  10: { class_type: "LoraLoaderModelOnly", inputs: { model: ["4", 0], lora_name: "ink.safetensors" } },
};
const TEXTS = [JSON.stringify(A), JSON.stringify(B).replace('"SEED"', "18446744073709551615")];

before(() => init());

/** The two workflows as files of a directory of the test's own. */
function place(context, [a, b] = TEXTS) {
  const directory = ownDirectory(context);
  writeFileSync(join(directory, "a.json"), a);
  writeFileSync(join(directory, "b.json"), b);
  return directory;
}

describe("as text", () => {
  test("nodes with their values, titles, values and links, each once", async (context) => {
    const { code, out, err } = await cli(["diff", "a.json", "b.json"], { cwd: place(context) });
    assert.deepEqual([code, err], [1, ""]);
    const summary =
      "1 node only in the first, 1 node only in the second, 1 node with another title or class, " +
      "5 inputs with another value or link";
    assert.equal(
      out,
      `- a.json
+ b.json
${summary}

- 8  ImageScale
-     8-inputs-width = 1024

+ 10  LoraLoaderModelOnly
+     10-inputs-lora_name = "ink.safetensors"

9
    - Save (SaveImage)
    + Keep (SaveImage)

3-inputs-seed
    - 5
    + 18446744073709551615
3-inputs-cfg
    - output 1 of node 4
    + 7.5
3-inputs-old
    - "x"
    + nothing
6-inputs-text
    - …so so so so so so so so so so so so so calm"
    + …so so so so so so so so so so so so so wild"
3-inputs-model
    - output 0 of node 4
    + output 0 of node 10
`,
    );
  });

  test("says so where two do the same, and ends with 0", async (context) => {
    const [a] = TEXTS;
    const { code, out } = await cli(["diff", "a.json", "-"], { cwd: place(context), input: ` ${a}\n` });
    assert.deepEqual([code, out], [0, "- a.json\n+ stdin\nThe two do the same.\n"]);
  });

  test("nodes whose ids moved are told with both", async (context) => {
    const node = (seed) => ({ class_type: "KSampler", _meta: { title: "One" }, inputs: { seed } });
    const cwd = place(context, [JSON.stringify({ 3: node(1) }), JSON.stringify({ 30: node(2) })]);
    const { out } = await cli(["diff", "a.json", "b.json"], { cwd });
    assert.match(out, /\n3-inputs-seed {2}node 30 in the second\n {4}- 1\n {4}\+ 2\n$/);
  });

  test("nothing in a workflow steers the terminal", async (context) => {
    const hostile = "\u001b[2J\u202e\nerror: fake";
    const node = (id, value) =>
      JSON.stringify({
        [id]: { class_type: hostile, _meta: { title: hostile }, inputs: { [hostile]: value } },
      });
    const cwd = place(context, [node("1", hostile), node("1", `${hostile}!`)]);
    const { code, out } = await cli(["diff", "a.json", "b.json"], { cwd });
    assert.equal(code, 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    assert.doesNotMatch(out, /[\u001b\u202e]|^error/m);
  });
});

test("--json is what the library tells, every digit kept", async (context) => {
  const { code, out } = await cli(["diff", "a.json", "b.json", "--json"], { cwd: place(context) });
  const expected = diffWorkflows(...TEXTS);
  assert.deepEqual([code, parseExact(out)], [1, expected]);
  assert.match(out, /"b": 18446744073709551615,?\n/);
  const [a] = TEXTS;
  const same = await cli(["diff", "a.json", "b.json", "--json"], { cwd: place(context, [a, a]) });
  assert.deepEqual([same.code, JSON.parse(same.out).same], [0, true]);
});

test("pictures, and a file of the editor, which is converted", async (context) => {
  const picture = fixture("found/text.png");
  const [prompt, editor] = [fixture("found/prompt.json"), fixture("editor/lighthouse_04.json")];
  assert.equal((await cli(["diff", picture, prompt])).code, 0);
  const { json } = await toApiFormat(readFileSync(editor));
  const cwd = place(context, [json, json]);
  const told = await cli(["diff", editor, "a.json"], { cwd });
  assert.equal(told.code, 0, told.out);
  assert.match(told.err, /^note: ".+lighthouse_04\.json" is in the editor's format .+\n$/);
});

test("trouble is not a difference", async (context) => {
  const cwd = place(context);
  assertBlock(await cli(["diff", "a.json", "none.json"], { cwd }), 4, "file");
  assertBlock(await cli(["diff", "a.json"], { cwd }), 3, "usage");
  assertBlock(await cli(["diff", "-", "-"], { cwd }), 3, "usage");
  assertBlock(await cli(["diff", "a.json", "b.json", "c.json"], { cwd }), 3, "usage");
});
