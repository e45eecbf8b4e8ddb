// `params` against Python itself: the same keys, order and numbers, and with --ascii the same bytes.
// Says so where python3 or the shared workflows are missing.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { before, describe, test } from "node:test";

import init, { flattenWorkflowToJson } from "../../pkg/node.js";
import { asPythonWrites } from "../../pkg/src/cli/python-json.js";
import { cli, fixture, ownDirectory } from "../support/cli.js";
import { hardWorkflow } from "../support/hard-workflows.js";
import { allWorkflows, ownWorkflows, sharedWorkflows } from "../support/workflows.js";

const GENERATED = 400;
const SHARED = 17;
/** What workflow_parameters_maker.py does, by its rules: flatten, then dump. Reads file names, one a line. */
const PYTHON = `
import json, sys
sys.set_int_max_str_digits(0) if hasattr(sys, "set_int_max_str_digits") else None
for line in sys.stdin.read().splitlines():
    source, target = line.split("\\t")
    with open(source, encoding="utf-8-sig", newline="") as file:
        workflow = json.load(file)
    if workflow.get("file_type") == "view_comfy":
        workflow = workflow["workflows"][0]["workflowApiJSON"]
    elif isinstance(workflow.get("prompt"), dict) and not {"class_type", "inputs"} & workflow["prompt"].keys():
        workflow = workflow["prompt"]
    flat = {}
    for node_id, node in workflow.items():
        title = (node.get("_meta") or {}).get("title")
        flat[f"_{node_id}-node-class_type-info"] = title if title else node.get("class_type")
        for name, value in node.get("inputs", {}).items():
            flat[f"{node_id}-inputs-{name}"] = value
    with open(target, "w") as file:
        json.dump(flat, file, indent=4)
`;
const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
const withoutPython = python ? false : "python3 is not installed, so nothing was compared with it";

before(() => init());

/** `{ name, file, expected }` of workflows, each flattened by Python. */
function byPython(directory, sources) {
  const lines = sources.map(({ name, file }) => ({
    name,
    file,
    target: join(directory, `${name}.expected`),
  }));
  const input = lines.map(({ file, target }) => `${file}\t${target}`).join("\n");
  const { status, stderr } = spawnSync(/** @type {string} */ (python), ["-c", PYTHON], {
    input,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return lines.map(({ name, file, target }) => ({ name, file, expected: readFileSync(target) }));
}

function filesIn(directory) {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name: basename(name, ".json"), file: join(directory, name) }));
}

async function compare(sources, context) {
  const directory = ownDirectory(context);
  for (const { name, file, expected } of byPython(directory, sources)) {
    const target = join(directory, `${name}.params`);
    const { code, err, out } = await cli(["params", file, "-o", target, "--ascii"]);
    assert.deepEqual([code, err, out], [0, "", ""], name);
    assert.equal(readFileSync(target, "latin1"), expected.toString("latin1"), name);
  }
}

describe("params --ascii writes byte for byte what Python writes", { skip: withoutPython }, () => {
  test("for our own workflows", async (context) => {
    const sources = [...filesIn(fixture("workflows")), ...filesIn(fixture("wrappers"))];
    assert.equal(sources.length, ownWorkflows.length);
    await compare(sources, context);
  });

  const skip = sharedWorkflows ? false : "../shared/workflows is not there";
  test(`for the ${SHARED} shared workflows`, { skip }, async (context) => {
    const sources = filesIn(/** @type {string} */ (sharedWorkflows));
    assert.equal(sources.length, SHARED);
    await compare(sources, context);
  });

  test(`for ${GENERATED} generated ones with hard numbers and texts`, (context) => {
    const directory = join(ownDirectory(context), "generated");
    mkdirSync(directory);
    const sources = Array.from({ length: GENERATED }, (_, seed) => {
      const file = join(directory, `${seed}.json`);
      writeFileSync(file, hardWorkflow(seed));
      return { name: `${seed}`, file };
    });
    let bytes = 0;
    for (const { name, file, expected } of byPython(directory, sources)) {
      const ours = asPythonWrites(flattenWorkflowToJson(readFileSync(file), 4), 4);
      assert.equal(ours, expected.toString("latin1"), `seed ${name}`);
      bytes += expected.length;
    }
    assert.ok(bytes > 200_000, `${bytes} bytes compared`);
  });
});

test("params writes every number as the file has it, in UTF-8, without a line end", async (context) => {
  const directory = ownDirectory(context);
  for (const { name, bytes, flat } of allWorkflows) {
    const file = join(directory, `${name}.json`);
    writeFileSync(file, bytes);
    const { code, out, err } = await cli(["params", file]);
    assert.deepEqual([code, err], [0, ""], name);
    assert.equal(out, flat, name);
  }
});

test("params takes --indent, stdin and pictures", async () => {
  const text = '{"1": {"class_type": "A", "inputs": {"b": [1, {"é": 1E5}], "c": {}}}}';
  const spaced = await cli(["params", "-", "--indent", "1"], { input: text });
  assert.equal(spaced.out, flattenWorkflowToJson(text, 1));
  const line = '{"_1-node-class_type-info":"A","1-inputs-b":[1,{"é":1E5}],"1-inputs-c":{}}';
  assert.equal((await cli(["params", "-", "--indent=0"], { input: text })).out, line);
  const ascii = '{"_1-node-class_type-info":"A","1-inputs-b":[1,{"\\u00e9":100000.0}],"1-inputs-c":{}}';
  assert.equal((await cli(["params", "-", "--indent=0", "--ascii"], { input: text })).out, ascii);
  const picture = await cli(["params", fixture("found/text.png")]);
  assert.equal(picture.out, flattenWorkflowToJson(readFileSync(fixture("found/prompt.json")), 4));
  for (const indent of ["17", "-1", "x", "1.5", ""]) {
    const { code, err } = await cli(["params", "-", `--indent=${indent}`], { input: text });
    assert.equal(code, 3, indent);
    assert.match(err, /--indent takes a whole number from 0 to 16/);
  }
});
