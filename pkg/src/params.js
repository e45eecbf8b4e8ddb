// The parameters of a run: values as one JSON text for the wasm, files kept here, and what is sent put together again.

import { documentBytes, workflowBytes } from "./document.js";
import { ViewComfyError } from "./errors.js";
import { isBlob, isPlainObject, parseJson } from "./json.js";
import { invalid, objectText, pairsOf, valueText } from "./values.js";
import * as wasm from "./viewcomfy_wasm.js";

/** What a parameter is; src/wasm/client/params.rs reads it. */
const VALUE = 0;
const FILE = 1;
const MASKED_IMAGE = 2;

/**
 * Builds and checks what a run sends.
 *
 * @returns {{ built: import("viewcomfy-wasm").BuiltParams, workflowApi: string | null }} with the exact text of the workflow
 *   that is sent
 */
export function build(params, checkAgainst, workflowApi, objectInfo) {
  const given = pairsOf(params).map(([key, value]) => ({ key, value, kind: kindOf(key, value) }));
  const texts = given.map(({ key, value, kind }) => [key, kind === VALUE ? valueText(key, value) : "null"]);
  const kinds = Uint8Array.from(given, ({ kind }) => kind);
  const report = wasm.buildParams(
    objectText(texts),
    kinds,
    optionalBytes(checkAgainst),
    optionalBytes(workflowApi),
    limitsBytes(objectInfo, checkAgainst ?? workflowApi ?? undefined),
  );
  return { built: builtOf(report, given), workflowApi: report.workflowApi };
}

/**
 * Which workflow a request is checked against; `workflow` is the earlier name of the option.
 *
 * @param {{ checkAgainst?: any, workflow?: any }} options
 */
export function workflowToCheck({ checkAgainst, workflow }) {
  const given = checkAgainst ?? workflow ?? undefined;
  const other = workflow ?? undefined;
  if (other === undefined || other === given || sameBytes(optionalBytes(given), optionalBytes(other)))
    return given;
  const message =
    "checkAgainst and workflow are two names of one option, and differ: give checkAgainst alone";
  throw new ViewComfyError("invalid_param", message, { key: "workflow" });
}

/** The form of a request, as a deployment's endpoint takes it. */
export function formOf({ built, workflowApi }, streamed, previews) {
  const form = new FormData();
  form.append("params", built.json);
  form.append("logs", `${streamed}`);
  if (previews) form.append("previews", "true");
  if (workflowApi !== null) form.append("workflow_api", workflowApi);
  for (const { key, filename, file } of built.files) form.append(key, file, filename);
  return form;
}

/** What a server says of the classes of a workflow; of `NodeDefinitions`, whose wasm is another, that part alone. */
function limitsBytes(objectInfo, workflow) {
  if ((objectInfo ?? undefined) === undefined || workflow === undefined) return undefined;
  const part = typeof objectInfo.subset === "function" ? objectInfo.subset(workflow) : objectInfo;
  return documentBytes(part, "objectInfo", "invalid_definitions");
}

function sameBytes(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function optionalBytes(workflow) {
  return workflow === undefined || workflow === null ? undefined : workflowBytes(workflow);
}

/** An object without any file in it is just a value; half of a masked image is an error. */
function kindOf(key, value) {
  if (isBlob(value)) return FILE;
  if (value === null || !isPlainObject(value)) return VALUE;
  const files = [value.image, value.mask].filter(isBlob).length;
  if (files !== 1) return files === 0 ? VALUE : MASKED_IMAGE;
  throw invalid(key, `"${key}" needs both files, { image, mask }; without a mask give the image alone`);
}

function builtOf({ json, files, warnings, seeds }, given) {
  const parts = files.map(([key, param, isMask]) => {
    const { value, kind } = given[param];
    const file = kind === FILE ? value : isMask ? value.mask : value.image;
    return { key, filename: fileName(key, file), file };
  });
  const exact = seeds.map(([key, digits]) => [key, BigInt(digits)]);
  const kept = files.filter(([, , isMask]) => !isMask).map(([key, param]) => [key, keptFile(given[param])]);
  // Made of entries, so that a key `__proto__` is a key.
  const values = Object.fromEntries([...Object.entries(parseJson(json)), ...kept]);
  return { json, files: parts, warnings, seeds: Object.fromEntries(exact), values };
}

function keptFile({ value, kind }) {
  return kind === FILE ? value : { image: value.image, mask: value.mask };
}

/** A file's own name; for a nameless one its key and type make a name. */
function fileName(key, file) {
  if (file.name) return file.name;
  const [, subtype = "bin"] = file.type.split(/[/;+]/);
  return `${key.replace(/[^A-Za-z0-9-]/gu, "_")}.${subtype.trim() === "jpeg" ? "jpg" : subtype.trim()}`;
}
