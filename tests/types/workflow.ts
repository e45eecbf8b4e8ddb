// Flattening, putting back and building: what goes in and what comes out.

import {
  applyParams,
  type BuiltParams,
  buildParams,
  type FilePart,
  type FlatParams,
  flattenWorkflow,
  flattenWorkflowToJson,
  type Json,
  type MaskedImage,
  type Params,
  type ParamWarning,
  parseJson,
  stringifyJson,
} from "viewcomfy-wasm";

declare const file: File;
declare const blob: Blob;
const workflow = '{"3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615}}}';

// A workflow is text, bytes or an object.
const flat: FlatParams = flattenWorkflow(workflow);
flattenWorkflow(new TextEncoder().encode(workflow));
flattenWorkflow(new ArrayBuffer(8));
flattenWorkflow({ "3": { class_type: "KSampler", inputs: { seed: 1 } } });
// @ts-expect-error undefined is not a workflow
flattenWorkflow(undefined);
// @ts-expect-error a number is not a workflow
flattenWorkflow(3);

// A flattened value may be any JSON value, a bigint among them.
const seed: Json | undefined = flat["3-inputs-seed"];
if (typeof seed === "bigint") seed.toString();
// @ts-expect-error it may be a bigint, so it is not simply a number
const rounded: number | undefined = flat["3-inputs-seed"];

const text: string = flattenWorkflowToJson(workflow);
flattenWorkflowToJson(workflow, 4);
// @ts-expect-error an indent is a number of spaces
flattenWorkflowToJson(workflow, "  ");

// Parameters: plain values, nested ones, files, masks; as an object or a Map.
const masked: MaskedImage = { image: file, mask: blob };
const params: Params = {
  "3-inputs-seed": 18446744073709551615n,
  "3-inputs-cfg": 6.5,
  "4-inputs-name": "a red fox",
  "5-inputs-on": true,
  "6-inputs-none": null,
  "7-inputs-list": [1, [2n, "three"], { four: 4 }],
  "8-inputs-image": file,
  "9-inputs-image": masked,
};
applyParams(workflow, params);
applyParams(workflow, new Map([["3-inputs-seed", "random"]]));
applyParams(workflow, flat);
// @ts-expect-error a function is not a value
applyParams(workflow, { "3-inputs-seed": () => 1 });
// @ts-expect-error undefined is not a JSON value
applyParams(workflow, { "3-inputs-seed": undefined });
// @ts-expect-error an image alone needs no wrapper, and a wrapper needs its mask
applyParams(workflow, { "9-inputs-image": { image: file } });
// @ts-expect-error keys are strings
applyParams(workflow, new Map([[3, "random"]]));

const built: BuiltParams = buildParams(params, { workflow });
buildParams({});
// What was used can be sent again.
buildParams(built.values);
const sent: string = built.json;
const parts: FilePart[] = built.files;
const warning: ParamWarning | undefined = built.warnings[0];
const drawn: bigint | undefined = built.seeds["3-inputs-seed"];
if (warning?.code === "overrides_link") warning.message.trim();
// @ts-expect-error there is no such warning
if (warning?.code === "unknown_key") warning.message.trim();
// @ts-expect-error a misspelt option
buildParams(params, { worklow: workflow });

export { drawn, parts, rounded, sent, text };

// JSON that keeps every digit, both ways.
export const read: Json = parseJson("[1]");
export const written: string = stringifyJson({ seed: 1n, list: [read] }, 2);
// @ts-expect-error text is read
parseJson(new Uint8Array());
// @ts-expect-error a number of spaces
stringifyJson(1, "  ");
