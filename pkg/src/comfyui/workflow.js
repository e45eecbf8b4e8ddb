// The prompt that a run consists of: the caller's workflow or the route's own, converted where it is in the editor's format, with
// the parameters put into it.

import init, { applyParams, flattenWorkflow, parseJson } from "viewcomfy-wasm";

import { MASK } from "../route/form.js";
import { Refusal } from "../route/refusal.js";
import { unexpected } from "./server.js";
import { fileOfInput, inputValueOf, uploadMask } from "./upload.js";

const OWN = new Set(["params", "logs", "workflow_api", "previews"]);

/**
 * @typedef {{ prompt: string, editor: string | undefined }} Prepared
 *   the prompt as JSON text, and the editor's file that it came from, for the pictures' metadata
 */

/**
 * @param {import("./form.js").Form} form
 * @param {import("./server.js").ComfyServer} server
 * @param {import("./server.js").Call} call
 * @returns {Promise<Prepared>}
 */
export async function prepare(form, server, call) {
  await init();
  const given = form.texts.get("workflow_api")?.trim() || (await ownWorkflow(call.settings));
  const { json, editor } = await inApiFormat(given, server, call);
  const values = paramsOf(form);
  const params = {
    ...values,
    ...(await filesOf(form, { ...flattened(form, json), ...values }, server, call)),
  };
  return { prompt: refusing(() => applyParams(json, params)), editor };
}

/** The workflow of the route, for callers who send none. */
async function ownWorkflow({ workflow }) {
  const given = typeof workflow === "function" ? await workflow() : workflow;
  if (given !== undefined && given !== null) return given;
  throw new Refusal("invalid_body", "There is no workflow to run: send one, or give the route one.");
}

async function inApiFormat(given, server, call) {
  try {
    return { json: applyParams(given, {}), editor: undefined };
  } catch (error) {
    if (/** @type {any} */ (error)?.code !== "editor_workflow") throw invalid(error);
  }
  const { default: initInspect, toApiFormat } = await import("viewcomfy-wasm/inspect");
  await initInspect();
  const objectInfo = await definitionsOf(server, call);
  try {
    const { json } = await toApiFormat(given, { objectInfo });
    return { json, editor: textOf(given) };
  } catch (error) {
    throw invalid(error);
  }
}

async function definitionsOf(server, call) {
  const response = await server.ask("/object_info", call);
  if (response.status !== 200) throw unexpected(response.status);
  return new Uint8Array(await call.ending.for(response.arrayBuffer()));
}

/** The editor's file as JSON text; undefined where it is something else that carries one, and pictures go without it. */
function textOf(given) {
  const isBytes = ArrayBuffer.isView(given) || given instanceof ArrayBuffer;
  const text = isBytes ? new TextDecoder().decode(given) : given;
  try {
    const file = typeof text === "string" ? JSON.parse(text) : text;
    return Array.isArray(file.nodes) ? JSON.stringify(file) : undefined;
  } catch {
    return undefined;
  }
}

/** The values of the form: `params`, and the keys that are fields of their own, which name files of the server. */
function paramsOf(form) {
  const text = form.texts.get("params")?.trim() || "{}";
  const params = refusing(() => parseJson(text));
  if (params === null || typeof params !== "object" || Array.isArray(params))
    throw new Refusal("invalid_params", "params must be a JSON object of keys and values.");
  for (const [name, value] of form.texts) if (!OWN.has(name)) params[name] = value;
  return params;
}

/** What the workflow's own inputs say, where a mask may belong to one of them. */
function flattened(form, json) {
  return form.masks.size > 0 ? flattenWorkflow(json) : {};
}

/** What the inputs of uploaded files say; a picture with a mask is a third file, which the server makes of the two. */
async function filesOf(form, inputs, server, call) {
  const files = new Map(form.files);
  for (const [key, png] of form.masks) {
    const named = inputs[key];
    const picture = files.get(key) ?? (typeof named === "string" ? fileOfInput(named) : undefined);
    if (!picture) throw new Refusal("field_not_allowed", `The mask "${key}${MASK}" has no picture.`);
    files.set(key, await uploadMask(server, call, png, picture));
  }
  return Object.fromEntries([...files].map(([key, file]) => [key, inputValueOf(file)]));
}

/** What the package says of a workflow or parameters is the caller's to know. */
function refusing(work) {
  try {
    return work();
  } catch (error) {
    throw invalid(error);
  }
}

function invalid(error) {
  if (error instanceof Refusal || typeof error?.code !== "string") return error;
  const code = /param/.test(error.code) ? "invalid_params" : "invalid_workflow";
  return new Refusal(code, error.message, { cause: error });
}
