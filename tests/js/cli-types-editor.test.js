// `types` in an editor, by TypeScript's own language service: keys are completed, and say what they are.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";

import init, { flattenWorkflow } from "../../pkg/node.js";
import { OBJECT_INFO, typesOf, WORKFLOW } from "../support/cli-types.js";
import { completionsAfter, languageService, quickInfoAfter } from "../support/type-check.js";

before(() => init());

describe("an editor", () => {
  const use = `
import { ViewComfyClient } from "viewcomfy-wasm";
import type { MyWorkflow } from "./my-workflow";
const client = new ViewComfyClient<MyWorkflow>({ endpoint: "/api" });
client.infer({ params: { "6-inputs-text": "a", "3-inputs-steps": 1, "3-inputs-model": ["4", 0], "" : 1 } });
client.infer({ params: { "3-inputs-sampler_name": "" } });
`;
  const show = async (...args) => {
    const files = { "my-workflow.d.ts": await typesOf(WORKFLOW, ...args), "use.ts": use };
    return { service: languageService(files), files };
  };

  test("completes the keys", async () => {
    const { service, files } = await show();
    const names = completionsAfter(service, files, "use.ts", '["4", 0], "').map(({ name }) => name);
    const keys = Object.keys(flattenWorkflow(WORKFLOW)).filter((key) => !key.startsWith("_"));
    assert.equal(keys.length, 14);
    assert.deepEqual([...names].sort(), keys.sort());
  });

  test("completes the first key of an empty object", async () => {
    const files = {
      "my-workflow.d.ts": await typesOf(WORKFLOW),
      "use.ts": `${use}\nclient.stream({ params: { "`,
    };
    const entries = completionsAfter(languageService(files), files, "use.ts", 'client.stream({ params: { "');
    assert.ok(entries.some(({ name }) => name === "6-inputs-text"));
    assert.ok(
      entries.every(({ name }) => name.includes("-inputs-")),
      `${entries.map(({ name }) => name)}`,
    );
  });

  test("shows type, title and present value", async () => {
    const { service, files } = await show();
    const text = quickInfoAfter(service, files, "use.ts", '{ params: { "6-in');
    assert.match(text.type, /"6-inputs-text"\?: string/);
    assert.match(
      text.documentation,
      /^Node 6, Positive prompt \(CLIPTextEncode\)\.\n\nNow: `"a lighthouse"`\.$/,
    );
    const link = quickInfoAfter(service, files, "use.ts", '"3-inputs-mod');
    assert.match(link.type, /"3-inputs-model"\?: NodeLink/);
    assert.match(link.documentation, /Now: output 0 of node 4, CheckpointLoaderSimple\./);
  });

  test("shows the range, and completes choices, where the definitions are given", async () => {
    const { service, files } = await show("--object-info", OBJECT_INFO);
    const steps = quickInfoAfter(service, files, "use.ts", '"3-inputs-st');
    assert.match(steps.documentation, /Now: `20`\.\n\nFrom 1 to 10000 in steps of 1\. By default `20`\./);
    const definitions = JSON.parse(readFileSync(OBJECT_INFO, "utf8"));
    const [choices] = definitions.KSampler.input.required.sampler_name;
    const names = completionsAfter(service, files, "use.ts", '"3-inputs-sampler_name": "').map(
      ({ name }) => name,
    );
    assert.deepEqual(names, choices);
  });
});
