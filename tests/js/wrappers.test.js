// What carries a workflow is opened alike by every call: each wrapper × each call gives what the bare workflow gives.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import initInspect, * as inspect from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { assertFailure } from "../support/assert-failure.js";
import { cli, fixture, ownDirectory } from "../support/cli.js";
import { startRuns } from "../support/cli-run.js";
import { PATIENCE } from "../support/patience.js";
import { forgetRequests, settledRequest } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";
import { AROUND_ANY, AROUND_BOTH } from "../support/wrappers.js";

const API =
  '{"3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "steps": 20, "model": ["9", 0]}}, "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x \\"y\\"", "images": ["3", 0]}}}';
const EDITOR = readFileSync(fixture("cases/10-label.json"), "utf8").trim();

const PARAMS = { "3-inputs-steps": 21 };
/** The calls that take a workflow in API format. */
const CALLS = {
  flattenWorkflow: (given) => lib.flattenWorkflow(given),
  flattenWorkflowToJson: (given) => lib.flattenWorkflowToJson(given, 2),
  applyParams: (given) => lib.applyParams(given, PARAMS),
  buildParams: (given) => lib.buildParams(PARAMS, { checkAgainst: given }),
  "buildParams, earlier name": (given) => lib.buildParams(PARAMS, { workflow: given }),
  inspectWorkflow: (given) => inspect.inspectWorkflow(given),
  formSchema: (given) => inspect.formSchema(given),
  diffWorkflows: (given) => [inspect.diffWorkflows(given, API), inspect.diffWorkflows(OTHER_API, given)],
  toApiFormat: (given) => inspect.toApiFormat(given),
  "applyParams of the inspection": (given) => inspect.applyParams(given, PARAMS),
};
const OTHER_API = API.replace("20", "30");
/** The calls that take the editor's format as well. */
const OF_EDITOR = {
  inspectWorkflow: CALLS.inspectWorkflow,
  toApiFormat: CALLS.toApiFormat,
  "applyParams of the inspection": (given) =>
    inspect.applyParams(given, { "3-inputs-filename_prefix": "wolf" }),
};

const bytesOf = (given) => (typeof given === "string" ? new TextEncoder().encode(given) : given);
/** Text as text, as bytes and, where it is an object or a list, as that. */
function formsOf(given) {
  if (typeof given !== "string") return [given, given.buffer];
  const isText = given.startsWith('"');
  return [given, bytesOf(given), ...(isText || given.startsWith("\ufeff") ? [] : [lib.parseJson(given)])];
}

const wrappers = [
  ...Object.entries(AROUND_ANY).map(([name, wrap]) => [name, wrap(API)]),
  ...Object.entries(AROUND_BOTH).map(([name, wrap]) => [name, wrap(API, EDITOR)]),
];

before(() => Promise.all([init(), initInspect()]));

describe("a workflow in API format in", () => {
  for (const [name, given] of wrappers) {
    test(name, async () => {
      for (const [call, of] of Object.entries(CALLS)) {
        const expected = await of(API);
        for (const form of formsOf(given)) {
          // An object has lost its literals and the order of its nodes, as anywhere else.
          const isExact = typeof form === "string" || ArrayBuffer.isView(form) || form instanceof ArrayBuffer;
          const told = await of(form);
          if (isExact) assert.deepEqual(told, expected, call);
          else assert.deepEqual(plain(told), plain(expected), call);
        }
      }
      const found = await inspect.findWorkflow(bytesOf(given));
      assert.equal(found.prompt.json, API);
      assert.equal(found.workflow === null, !(given.includes?.('"nodes"') ?? false));
    });
  }
});

/** Texts of workflows as what they say, for what was given as an object. */
function plain(told) {
  return JSON.parse(
    JSON.stringify(told, (_, value) => {
      if (typeof value === "bigint") return `${value}`;
      return typeof value === "string" && value.startsWith("{") ? lib.parseJson(value) : value;
    }),
  );
}

describe("the editor's format in", () => {
  for (const [name, wrap] of Object.entries(AROUND_ANY)) {
    test(name, async () => {
      const given = wrap(EDITOR);
      for (const form of formsOf(given)) {
        for (const [call, of] of Object.entries(CALLS)) {
          if (call in OF_EDITOR)
            assert.deepEqual(await OF_EDITOR[call](form), await OF_EDITOR[call](EDITOR), call);
          else await assertFailure(() => of(form), "editor_workflow");
        }
      }
      assert.equal((await inspect.findWorkflow(bytesOf(given))).workflow.json, EDITOR);
    });
  }
});

describe("what a run sends", () => {
  let endpoint;
  before(async () => {
    endpoint = await startSmallEndpoint({ speed: 200 });
  });
  after(() => endpoint.close());

  test("is the workflow inside alone, checked like it", PATIENCE, async () => {
    // A form's line ends are rewritten on its way, so there are none.
    const small = lib.stringifyJson(
      lib.parseJson(readFileSync(fixture("workflows/small_picture.json"), "utf8")),
    );
    const client = new lib.ViewComfyClient({
      endpoint: `${endpoint.url}/infer`,
      clientId: "local-id",
      clientSecret: "local-secret",
    });
    const params = { "3-inputs-seed": 7n };
    for (const [name, wrap] of Object.entries({ ...AROUND_ANY, ...AROUND_BOTH })) {
      const given = wrap(small, EDITOR);
      await forgetRequests(endpoint.url);
      await client.infer({ workflowApi: given, params });
      assert.equal((await settledRequest(endpoint.url)).workflow_api, small, name);
      const unknown = { "3-inputs-sed": 7n };
      await assertFailure(() => client.infer({ checkAgainst: given, params: unknown }), "unknown_param");
    }
  });
});

describe("a run of a server's history", () => {
  const history = new TextEncoder().encode(AROUND_BOTH["a response of /history"](API, EDITOR));

  test("is the newest, or the one that is named", async () => {
    const prompt = async (options) => (await inspect.findWorkflow(history, options))?.prompt.json ?? null;
    assert.equal(await prompt(), API);
    assert.equal(await prompt({ promptId: undefined }), API);
    assert.equal(await prompt({ promptId: "id-2" }), API);
    assert.match(await prompt({ promptId: "id-1" }), /"Older"/);
    for (const promptId of ["id-3", "", "prompt", "__proto__"])
      assert.equal(await prompt({ promptId }), null);
    await assertFailure(() => prompt({ promptId: 1 }), "invalid_param", { key: "promptId" });
  });

  test("is not in a file that is not a history", async () => {
    for (const file of ["found/text.png", "found/film.mp4", "found/prompt.json"]) {
      const bytes = readFileSync(fixture(file));
      assert.ok(await inspect.findWorkflow(bytes));
      assert.equal(await inspect.findWorkflow(bytes, { promptId: "3" }), null, file);
    }
  });
});

describe("on the command line", () => {
  const OPENED = ["a request to RunPod with a string", "a text", "a list of one", "UTF-16"];
  let endpoint;
  before(async () => {
    endpoint = await startRuns();
  });
  after(() => endpoint.close());

  test("every command opens what carries a workflow", PATIENCE, async (context) => {
    const directory = ownDirectory(context);
    const commands = {
      params: ["params"],
      types: ["types", "--object-info", fixture("definitions/object_info.json")],
      inspect: ["inspect", "--json"],
      convert: ["convert"],
    };
    const files = { ...AROUND_ANY, ...AROUND_BOTH };
    for (const [command, args] of Object.entries(commands)) {
      const told = async (given) => {
        const path = join(directory, "workflow.json");
        writeFileSync(path, given);
        const { code, out, err } = await cli([...args, path]);
        return { code, out: out.replaceAll(path, "FILE"), err };
      };
      const expected = await told(API);
      assert.ok(expected.out.includes("filename_prefix"), `${command}: ${expected.err}`);
      for (const name of [...OPENED, ...Object.keys(AROUND_BOTH)])
        assert.deepEqual(await told(files[name](API, EDITOR)), expected, `${command} of ${name}`);
    }
    const both = join(directory, "both.json");
    writeFileSync(both, AROUND_BOTH["what graphToPrompt returns"](API, EDITOR));
    const canvas = await cli(["convert", "--editor", both]);
    assert.equal(canvas.out, (await inspect.toApiFormat(EDITOR)).json, canvas.err);
  });

  test("a run is checked against what is inside", PATIENCE, async (context) => {
    const directory = ownDirectory(context);
    const small = readFileSync(fixture("workflows/small_picture.json"), "utf8");
    for (const name of OPENED) {
      const path = join(directory, "workflow.json");
      writeFileSync(path, AROUND_ANY[name](small));
      await forgetRequests(endpoint.url);
      const { code, err } = await endpoint.run(context, ["--workflow", path, "--seed", "5"]);
      assert.equal(code, 0, err);
      assert.equal((await settledRequest(endpoint.url)).params, '{"3-inputs-seed":5}', name);
    }
  });
});
