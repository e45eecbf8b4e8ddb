// `types`: a typo in a key is a type error, and nothing in a workflow breaks the file.
// Every declaration is made in the test, so that none is out of date.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import init, { flattenWorkflow } from "../../pkg/node.js";
import { cli, fixture, ownDirectory } from "../support/cli.js";
import { OBJECT_INFO, typesOf, WORKFLOW } from "../support/cli-types.js";
import { complaints, languageService, quickInfoAfter } from "../support/type-check.js";
import { ownWorkflows } from "../support/workflows.js";

const USE = `
import { ViewComfyClient, type AnyParams, type InferRequest } from "viewcomfy-wasm";
import { useInfer } from "viewcomfy-wasm/react";
import type { MyWorkflow } from "./my-workflow";

declare const file: File;
export const client = new ViewComfyClient<MyWorkflow>({ endpoint: "/api/viewcomfy" });
export const right: InferRequest<MyWorkflow>[] = [
  { params: { "6-inputs-text": "a red fox", "3-inputs-seed": "random", "3-inputs-cfg": 6.5 } },
  { params: { "3-inputs-seed": 18446744073709551615n, "3-inputs-steps": 30, "60-inputs-loop": false } },
  { params: { "52-inputs-image": file } },
  { params: { "52-inputs-image": { image: file, mask: file }, "60-inputs-video": file } },
  { params: { "52-inputs-image": "on-the-server.png", "6-inputs-clip": ["4", 1] } },
  { params: { "60-inputs-more": [2, { a: 3n }], "60-inputs-none": null } },
  {},
];
// @ts-expect-error a typo
client.infer({ params: { "6-inputs-txt": "a red fox" } });
// @ts-expect-error a typo beside a key that is right
client.inferWithLogs({ params: { "6-inputs-text": "a red fox", "3-inputs-sed": 1 } });
// @ts-expect-error a typo
client.stream({ params: { "6-input-text": "a red fox" } });
// @ts-expect-error a text is not a number
client.infer({ params: { "6-inputs-text": 42 } });
// @ts-expect-error a seed is a number or "random"
client.infer({ params: { "3-inputs-seed": "rand" } });
// @ts-expect-error a file is not a text
client.infer({ params: { "6-inputs-text": file } });
// @ts-expect-error a video has no mask
client.infer({ params: { "60-inputs-video": { image: file, mask: file } } });
// @ts-expect-error a link has an id and an index
client.infer({ params: { "6-inputs-clip": ["4"] } });
// @ts-expect-error a label is not a parameter
client.infer({ params: { "_6-node-class_type-info": "Positive prompt" } });

// A client of one workflow goes where any client does.
export const any: ViewComfyClient = client;
export function takes(other: ViewComfyClient<AnyParams>) {
  return other.infer({ params: { anything: 1 } });
}
takes(client);

// The hook knows the keys, by the client and by name.
export function useIt() {
  const byClient = useInfer(client);
  const byName = useInfer<MyWorkflow>(null);
  byClient.run({ params: { "6-inputs-text": "a red fox" } });
  byName.run({ params: { "3-inputs-seed": "random" } });
  // @ts-expect-error a typo
  byClient.run({ params: { "6-inputs-txt": "a red fox" } });
  // @ts-expect-error a typo
  byName.run({ params: { "3-inputs-seeds": "random" } });
}
`;
const EXACTNESS = [{ exactOptionalPropertyTypes: true }, { exactOptionalPropertyTypes: false }];

before(() => init());

describe("a typo in a key is a type error", () => {
  for (const options of EXACTNESS) {
    test(JSON.stringify(options), async () => {
      const files = { "my-workflow.d.ts": await typesOf(WORKFLOW), "use.ts": USE };
      assert.deepEqual(complaints(files, options), []);
    });
  }

  test("and undefined is a value where it is said to be none", async () => {
    const text = `${USE}\nclient.infer({ params: { "6-inputs-text": undefined } });\n`;
    const files = { "my-workflow.d.ts": await typesOf(WORKFLOW), "use.ts": text };
    const [exact, loose] = EXACTNESS.map((options) => complaints(files, options));
    assert.equal(loose.length, 0, `${loose}`);
    assert.match(exact.join(), /^use\.ts:\d+ TS(?:2375|2379|2322)/);
  });
});

test("with definitions choices are unions, and a linked input takes a value too", async () => {
  const made = await typesOf(WORKFLOW, "--object-info", OBJECT_INFO);
  const use = `
import { ViewComfyClient } from "viewcomfy-wasm";
import type { MyWorkflow } from "./my-workflow";
const client = new ViewComfyClient<MyWorkflow>({ endpoint: "/api" });
client.infer({ params: { "3-inputs-sampler_name": "euler", "3-inputs-denoise": 0.5, "52-inputs-image": "new.png" } });
client.infer({ params: { "3-inputs-denoise": ["20", 0], "4-inputs-ckpt_name": "sd15.safetensors" } });
// @ts-expect-error no such sampler
client.infer({ params: { "3-inputs-sampler_name": "eulr" } });
// @ts-expect-error a number or a link
client.infer({ params: { "3-inputs-denoise": "much" } });
// @ts-expect-error a model is not a number
client.infer({ params: { "3-inputs-model": 1 } });
`;
  assert.deepEqual(complaints({ "my-workflow.d.ts": made, "use.ts": use }), []);
});

test("whatever a workflow holds, the file is TypeScript, and its present values fit", async () => {
  for (const { name, text } of ownWorkflows) {
    const made = await typesOf(text);
    const flat = flattenWorkflow(text);
    const use = `import type { MyWorkflow } from "./my-workflow";\nexport const now: Partial<MyWorkflow> = ${asSource(flat)};\n`;
    assert.deepEqual(complaints({ "my-workflow.d.ts": made, "use.ts": use }), [], `${name}\n${made}`);
  }
});

/** The parameters as TypeScript source, a bigint with its `n`. */
function asSource(value) {
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(asSource).join(", ")}]`;
  if (value === null || typeof value !== "object")
    return typeof value === "number" ? `${value}` : JSON.stringify(value);
  const entries = Object.entries(value).filter(([key]) => !/^_.*-node-class_type-info$/.test(key));
  // A computed name: "__proto__" would be no property otherwise.
  return `{${entries.map(([key, item]) => `[${JSON.stringify(typed(key))}]: ${asSource(item)}`).join(", ")}}`;
}

/** Half a surrogate pair in a name cannot be typed, nor sent: the type shows its replacement. */
function typed(key) {
  return Buffer.from(key, "utf8").toString("utf8");
}

test("hostile titles, names and values stay inside their comment", async () => {
  const hostile =
    "*/ `code` @deprecated\n {@link x} \\ ``` \u2028 \u202e */ export const broken = 1; // @param y <b>";
  const workflow = {
    "6 */": {
      class_type: hostile,
      _meta: { title: hostile },
      inputs: { [hostile]: hostile, seed: 1, plain: ["6 */", 0] },
    },
    7: {
      class_type: "A",
      _meta: { title: "x".repeat(5_000) },
      inputs: { long: "😀`".repeat(5_000), list: [hostile] },
    },
    8: { class_type: "B", inputs: { missing: [hostile, 0] } },
  };
  const made = await typesOf(workflow);
  assert.ok(made.length < 6_000, `${made.length} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be in the file.
  assert.doesNotMatch(made, /[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
  const key = `6 */-inputs-${hostile}`;
  const use = `import type { MyWorkflow } from "./my-workflow";
export const params: Partial<MyWorkflow> = { [${JSON.stringify(key)}]: "text", "6 */-inputs-seed": "random", "7-inputs-long": "" };
// @ts-expect-error a typo
export const typo: Partial<MyWorkflow> = { "7-inputs-lang": "" };
`;
  const files = { "my-workflow.d.ts": made, "use.ts": use };
  assert.deepEqual(complaints(files), []);
  const service = languageService(files);
  for (const before of ['"6 */-inputs-se', '"7-inputs-lo']) {
    assert.deepEqual(quickInfoAfter(service, files, "use.ts", before).tags, [], made);
  }
  const told = quickInfoAfter(service, files, "use.ts", '"6 */-inputs-se').documentation;
  assert.match(told, /^Node 6 \\\*\\\/, \\\*\\\/ \\`code\\` \\@deprecated \\\{\\@link x\\\}/);
  assert.match(told, /Now: `1`\.$/);
});

test("very long lists of choices, and choices of every kind", async (context) => {
  const long = Array.from({ length: 5_000 }, (_, at) => `lora */ "${at}" \\ \`x\`.safetensors`);
  const odd = [1, 2.5, -3, true, null, 18446744073709551615n, ""];
  const info = JSON.stringify({
    Odd: {
      input: {
        required: { long: [long, {}], odd: ["ODD"], wide: ["INT", { min: -5, max: 7, step: 2, default: 1 }] },
      },
      output: [],
      output_node: true,
    },
  }).replace('["ODD"]', `[[${odd.map((each) => (typeof each === "string" ? '""' : `${each}`)).join()}]]`);
  const file = join(ownDirectory(context), "object_info.json");
  writeFileSync(file, info);
  const workflow = { 1: { class_type: "Odd", inputs: { long: long[7], odd: 1, wide: 3 } } };
  const made = await typesOf(workflow, "--object-info", file);
  const use = `import type { MyWorkflow } from "./my-workflow";
export const right: Partial<MyWorkflow>[] = [
  { "1-inputs-long": ${JSON.stringify(long[4_999])} },
${odd.map((each) => `  { "1-inputs-odd": ${typeof each === "string" ? '""' : `${each}${typeof each === "bigint" ? "n" : ""}`} },`).join("\n")}
];
// @ts-expect-error none of them
export const wrong: Partial<MyWorkflow> = { "1-inputs-long": "lora" };
// @ts-expect-error none of them
export const other: Partial<MyWorkflow> = { "1-inputs-odd": 3 };
`;
  assert.deepEqual(complaints({ "my-workflow.d.ts": made, "use.ts": use }), []);
  assert.match(made, /From -5 to 7 in steps of 2\. By default `1`\./);
});

test("the file says how to make it again, and is the same each time", async (context) => {
  const directory = ownDirectory(context);
  writeFileSync(join(directory, "my workflow.json"), JSON.stringify(WORKFLOW));
  const args = ["types", "my workflow.json", "-o", "portrait.d.ts", "--name", "Portrait"];
  const first = await cli(args, { cwd: directory });
  assert.deepEqual([first.code, first.out, first.err], [0, "", ""]);
  const made = readFileSync(join(directory, "portrait.d.ts"), "utf8");
  const line = "// npx viewcomfy-wasm types 'my workflow.json' -o portrait.d.ts --name Portrait";
  assert.equal(made.split("\n")[1], line);
  assert.match(made, /\nexport type Portrait = \{\n/);
  await cli(args, { cwd: directory });
  assert.equal(readFileSync(join(directory, "portrait.d.ts"), "utf8"), made);
});

test("paths in the file are as seen from where it lies, wherever the command was typed", async (context) => {
  const directory = ownDirectory(context);
  for (const name of ["flows", "app/src"]) mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, "flows", "my workflow.json"), JSON.stringify(WORKFLOW));
  writeFileSync(join(directory, "object_info.json"), readFileSync(OBJECT_INFO));
  const target = join(directory, "app/src/portrait.d.ts");
  const typed = [
    [directory, "flows/my workflow.json", "app/src/portrait.d.ts", "object_info.json"],
    [join(directory, "app"), "../flows/my workflow.json", "src/portrait.d.ts", "../object_info.json"],
    [process.cwd(), join(directory, "flows/my workflow.json"), target, join(directory, "object_info.json")],
  ];
  const made = [];
  for (const [cwd, file, output, definitions] of typed) {
    const { code, err } = await cli(["types", file, "-o", output, "--object-info", definitions], { cwd });
    assert.equal(code, 0, err);
    made.push(readFileSync(target, "utf8"));
  }
  assert.deepEqual(made, Array(3).fill(made[0]));
  const [head, command] = made[0].split("\n");
  assert.match(head, /^\/\/ Parameters of \.\.\/\.\.\/flows\/my workflow\.json for viewcomfy-wasm\./);
  const options = "-o portrait.d.ts --object-info ../../object_info.json";
  assert.equal(command, `// npx viewcomfy-wasm types '../../flows/my workflow.json' ${options}`);
  assert.ok(!made[0].includes(directory));
});

test("names that are not names are refused", async () => {
  for (const name of ["my-workflow", "1a", "string", "class", "Seed", "a b", "", "x".repeat(200), "A=1;"]) {
    const { code, out, err } = await cli(["types", fixture("workflows/upscale.json"), `--name=${name}`]);
    assert.deepEqual([code, out], [3, ""], name);
    assert.match(err, /--name takes the name of a new TypeScript type/);
  }
});
