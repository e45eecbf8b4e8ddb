// `inspect` and `convert`: for every file that holds a workflow, with and without a server's definitions.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import init, { findWorkflow, inspectWorkflow, NodeDefinitions, toApiFormat } from "../../pkg/inspect-node.js";
import { assertBlock, cli, fixture } from "../support/cli.js";
import { closedAddress } from "../support/serve.js";
import { parseExact } from "../support/workflows.js";

const UPSCALE = fixture("workflows/upscale.json");
const OBJECT_INFO = fixture("definitions/object_info.json");
const BROKEN = '{"1": {"class_type": "A", "inputs": {"a": ["9", 0]}}}';

before(() => init());

describe("inspect", () => {
  test("ends with a code for the worst problem", async () => {
    const clean =
      '{"1": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}, "2": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64}}}';
    const cases = [
      [clean, 0],
      [BROKEN, 2],
    ];
    for (const [input, expected] of cases) {
      const { code, err } = await cli(["inspect", "-"], { input: `${input}` });
      assert.deepEqual([code, err], [expected, ""]);
    }
    const seen = new Set();
    for (const name of readdirSync(fixture("workflows")).filter((each) => each.endsWith(".json"))) {
      const { problems } = inspectWorkflow(readFileSync(fixture(`workflows/${name}`)));
      const severities = problems.map(({ severity }) => severity);
      const expected = severities.includes("error") ? 2 : severities.includes("warning") ? 1 : 0;
      seen.add(expected);
      assert.equal((await cli(["inspect", fixture(`workflows/${name}`)])).code, expected, name);
    }
    assert.deepEqual([...seen].sort(), [0, 1, 2]);
  });

  test("names the classes of a server that cannot be read", async () => {
    const objectInfo = '{"SaveImage": {"input": {}, "output": []}, "Odd": {"input": []}, "Odder": null}';
    const { code, out, err } = await cli(["inspect", UPSCALE, "--object-info", "-"], { input: objectInfo });
    assert.notEqual(code, 3, err);
    assert.match(err, /^warning: .* cannot be read, so their nodes are not checked: Odd, Odder\n$/);
    assert.match(out, /Problems/);
  });

  test("shows a value that is not a number as the file has it, and null in JSON", async () => {
    const file = fixture("cases/01-nan-value.json");
    assert.match((await cli(["inspect", file])).out, /3-inputs-cfg = NaN\n/);
    const { nodes } = JSON.parse((await cli(["inspect", "--json", file])).out);
    assert.equal(nodes[0].inputs[0].value, null);
    assert.match((await cli(["types", file])).out, /Now: `NaN`\./);
    assert.match((await cli(["params", file])).out, /"3-inputs-cfg": NaN\n/);
  });

  test("prints nodes, what may be set, models and problems", async () => {
    const { out } = await cli(["inspect", fixture("workflows/sd15_text_to_image.json")]);
    assert.match(out, /sd15_text_to_image\.json: API format; 7 nodes\n/);
    assert.match(
      out,
      /\n6 {2}CLIP Text Encode \(Positive\) \(CLIPTextEncode\)\n {4}6-inputs-text = "a lighthouse/,
    );
    assert.match(out, /\n9 {2}Save Image \(SaveImage\) \[output\]\n/);
    assert.match(out, /\nModels\n {2}checkpoints\/dreamshaper_8\.safetensors\n/);
    assert.match(
      out,
      /\nHow the outputs are made\n {2}9\n {4}node 3: sampler \w+, scheduler \w+, steps \d+, cfg /,
    );
    assert.match(out, /\n {6}model dreamshaper_8\.safetensors\n {6}\+ a lighthouse/);
    const saved = await cli([
      "inspect",
      fixture("convert/templates/image_qwen_image_instantx_controlnet.ui.json"),
    ]);
    assert.match(saved.out, /\nPacks of nodes\n {2}comfy-core [\d., ]+ {2}\d+ nodes\n/);
    assert.match(saved.out, /\nNotes\n {2}\d+ {2}\S/);
    assert.match(saved.out, /\n {2}vae\/\S+\.safetensors {2}https:\/\/\S+\n/);
    const broken = await cli(["inspect", "-"], { input: BROKEN });
    assert.match(broken.out, /\n {2}error: node 1, a: .+ \[link_to_missing_node\]\n {6}\S/);
  });

  test("reads every file that holds a workflow", async () => {
    const names = readdirSync(fixture("found")).filter((name) => /\.(?!py)\w+$/.test(name));
    assert.ok(names.length >= 20, `${names}`);
    for (const name of names) {
      const found = await findWorkflow(readFileSync(fixture(`found/${name}`)));
      const text = found?.prompt?.json ?? found?.workflow?.json ?? "";
      const { out, err } = await cli(["inspect", fixture(`found/${name}`), "--json"]);
      const own = found.prompt ? undefined : await NodeDefinitions.bundled();
      assert.deepEqual(
        [plain(parseExact(out)), err],
        [plain(inspectWorkflow(text, { objectInfo: own })), ""],
        name,
      );
    }
  });

  test("names the values of an editor's file by what the package knows, also of custom nodes", async () => {
    const workflow = {
      version: 0.4,
      nodes: [
        { id: 1, type: "EmptyLatentImage", outputs: [], widgets_values: [768, 512, 1] },
        {
          id: 2,
          type: "ImageResize+",
          outputs: [],
          widgets_values: [640, 480, "bicubic", "stretch", "always", 0],
        },
      ],
      links: [],
    };
    const inputsOf = async (nodes) => {
      const { out, err } = await cli(["inspect", "-", "--json"], {
        input: JSON.stringify({ ...workflow, nodes }),
      });
      assert.equal(err, "");
      return JSON.parse(out).nodes.map(({ inputs }) => inputs.map(({ name, value }) => [name, value]));
    };
    const [own, custom] = await inputsOf(workflow.nodes);
    assert.deepEqual(own.slice(0, 2), [
      ["width", 768],
      ["height", 512],
    ]);
    assert.deepEqual(custom.slice(0, 2), [
      ["width", 640],
      ["height", 480],
    ]);
    assert.deepEqual(await inputsOf(workflow.nodes.slice(0, 1)), [own]);
    const recipe = await cli(["inspect", fixture("convert/templates/audio_ace_step_1_5_split_llm.ui.json")]);
    assert.match(recipe.out, /euler/);
  });

  test("looks at the canvas when asked to", async () => {
    const { out } = await cli(["inspect", fixture("found/text.png"), "--editor"]);
    assert.match(out, /text\.png: the editor's format, from iTXt chunk "workflow"; \d+ nodes\n/);
  });

  test("holds the workflow against a server's definitions, from a file and by address", async (context) => {
    const workflow = fixture("workflows/sd15_text_to_image.json");
    const expected = inspectWorkflow(readFileSync(workflow), { objectInfo: readFileSync(OBJECT_INFO) });
    const fromFile = await cli(["inspect", workflow, "--json", "--object-info", OBJECT_INFO]);
    assert.deepEqual(plain(parseExact(fromFile.out)), plain(expected));
    const asked = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(request.url === "/object_info" ? 200 : 404).end(readFileSync(OBJECT_INFO));
    });
    context.after(() => server.close());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
    const byAddress = await cli(["inspect", workflow, "--json", "--object-info", address]);
    assert.equal(byAddress.out, fromFile.out, byAddress.err);
    assert.deepEqual(asked, ["/object_info"]);
    assertBlock(await cli(["inspect", workflow, "--object-info", `${address}/other`]), 5, "object_info");
    const nowhere = await closedAddress();
    assertBlock(await cli(["inspect", workflow, "--object-info", nowhere]), 5, "object_info");
    assertBlock(await cli(["inspect", workflow, "--object-info", workflow]), 4, "invalid_definitions");
  });
});

/** Without what JSON cannot tell apart. */
function plain(value) {
  return JSON.parse(JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${each}n` : each)));
}

describe("convert", () => {
  test("gives the API format of an editor's file, and its warnings on stderr", async () => {
    const file = fixture("editor/lighthouse_04.json");
    const { json, warnings } = await toApiFormat(readFileSync(file));
    const { code, out, err } = await cli(["convert", file]);
    assert.deepEqual([code, out], [0, json]);
    assert.equal(err.split("\n").filter((line) => line.startsWith("warning: ")).length, warnings.length);
  });

  test("says whether the result runs, and everything as JSON", async () => {
    const file = fixture("editor/lighthouse_04.json");
    const { json, warnings, report } = await toApiFormat(readFileSync(file));
    const { err } = await cli(["convert", file]);
    assert.equal(err.trimEnd().split("\n").at(-1), report.summary);
    const { out } = await cli(["convert", file, "--json"]);
    assert.deepEqual(JSON.parse(out), { workflow: JSON.parse(json), warnings, report });
    const directory = mkdtempSync(join(tmpdir(), "convert-"));
    const output = join(directory, "api.json");
    const facts = await cli(["convert", file, "--json", "-o", output]);
    assert.deepEqual(JSON.parse(facts.out), { warnings, report });
    assert.equal(readFileSync(output, "utf8"), json);
    rmSync(directory, { recursive: true });
  });

  test("takes the workflow that ran out of a picture", async () => {
    const { out } = await cli(["convert", fixture("found/text.png")]);
    assert.equal(out, readFileSync(fixture("found/prompt.json"), "utf8").trim());
  });

  test("refuses unknown classes when it has to be strict", async () => {
    const input = JSON.stringify({
      nodes: [{ id: 1, type: "NobodysNode", inputs: [], outputs: [], widgets_values: [] }],
      links: [],
      version: 0.4,
    });
    const lenient = await cli(["convert", "-"], { input });
    assert.equal(lenient.code, 0, lenient.err);
    assert.match(lenient.err, /^warning: node 1: .*NobodysNode/);
    assertBlock(await cli(["convert", "-", "--strict"], { input }), 4, "cannot_convert");
  });
});

const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
const terminal = python && ["-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"];

test("colours are for terminals, and NO_COLOR turns them off", {
  skip: !terminal && "python3 is not there",
}, async () => {
  const wrap = [/** @type {string} */ (python), .../** @type {string[]} */ (terminal)];
  const args = ["inspect", UPSCALE];
  const coloured = await cli(args, { wrap, env: { TERM: "xterm" } });
  assert.ok(coloured.out.includes("\u001b["), coloured.out);
  for (const env of [{ TERM: "xterm", NO_COLOR: "1" }, { TERM: "dumb" }]) {
    const { out } = await cli(args, { wrap, env });
    assert.ok(out.includes("nodes") && !out.includes("\u001b["), out);
  }
  assert.ok(!(await cli(args)).out.includes("\u001b["));
});
