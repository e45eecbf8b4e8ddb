// From anything that was dropped, picked or pasted to what it is: a workflow to run, one to look at, a server's
// definitions, a file without a workflow, or a failure. Tells kinds apart by content; knows the package, not the page.

import { loadInspector, loadLibrary } from "./library.js";
import { readWorkflow } from "./workflow.js";

/** JSON files are read whole, so there is an end to them. */
const MAX_JSON = 256 * 1024 * 1024;
const OBJECT_INFO =
  /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{\s*"(?:input|output|input_order|name|display_name)"\s*:/;
const VIEW_COMFY = /"file_type"\s*:\s*"view_comfy"/;

/**
 * Reads one source: a `Blob` with its name, text, or a promise of bytes.
 *
 * The outcome's `kind` is `api` (with `workflow`), `editor` (with its text as `editor`, to be converted), `design` (a form without its workflow),
 * `definitions`, `nothing` (with another program's `settings`, where it holds some) or `failed` (with `error`). `found` says
 * where in a media file it was, `file` is that file.
 */
export async function readSource({ name, source }) {
  try {
    const content = await source;
    if (content instanceof Blob && !(await isJson(name, content))) return await readMedia(name, content);
    return await readJson(name, await bytesOf(content));
  } catch (error) {
    return { kind: "failed", name, error };
  }
}

async function isJson(name, blob) {
  if (/\.json$/i.test(name) || blob.type === "application/json") return true;
  const start = textOf(await blob.slice(0, 64).arrayBuffer());
  return /^\s*(?:[{[]|"\{)/.test(start);
}

/** The text of bytes in UTF-8, or in UTF-16 with a byte order mark. */
function textOf(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const order = first === 0xff && second === 0xfe ? "le" : first === 0xfe && second === 0xff ? "be" : null;
  return new TextDecoder(order === null ? "utf-8" : `utf-16${order}`).decode(bytes);
}

async function bytesOf(content) {
  if (!(content instanceof Blob)) return content;
  if (content.size > MAX_JSON)
    throw new Error("This JSON file is larger than 256 MB, more than any workflow");
  return content.arrayBuffer();
}

async function readJson(name, source) {
  const library = await loadLibrary();
  const text = typeof source === "string" ? source : textOf(source);
  if (OBJECT_INFO.test(text.slice(0, 4096))) return readDefinitions(name, text);
  try {
    const workflow = await readWorkflow(library, name, source);
    return { kind: "api", name, workflow, viewComfy: VIEW_COMFY.test(text) ? text : null, found: null };
  } catch (error) {
    if (error?.code === "editor_workflow") return editorFormat(name, text, null);
    if (VIEW_COMFY.test(text)) return { kind: "design", name, text };
    throw error;
  }
}

async function readMedia(name, blob) {
  const [library, inspector] = await Promise.all([loadLibrary(), loadInspector()]);
  const found = await inspector.findWorkflow(blob);
  if (!found?.prompt && !found?.workflow) return withoutWorkflow(library, name, blob, found);
  if (found.prompt) {
    const workflow = await readWorkflow(library, name, found.prompt.json);
    return { kind: "api", name, file: blob, workflow, viewComfy: null, found: { ...found, size: blob.size } };
  }
  return { ...editorFormat(name, found.workflow.json, { ...found, size: blob.size }), file: blob };
}

/** A file without a workflow; what another program wrote into it is shown. */
async function withoutWorkflow(library, name, file, found) {
  const nothing = { kind: "nothing", name, file, settings: found?.parameters ?? null, view: null };
  if (nothing.settings === null) return nothing;
  const { settingsView } = await import("./about/generator-settings.js");
  return { ...nothing, view: settingsView({ ...nothing, format: found.format }, library.parseJson) };
}

/** The one place where editor format enters the page. conversion.js makes a workflow of it, with the loaded definitions. */
function editorFormat(name, text, found) {
  return { kind: "editor", name, editor: text, found, viewComfy: null };
}

/** Reads what a server answers to `GET /object_info`. */
export async function readDefinitions(name, text) {
  const inspector = await loadInspector();
  return { kind: "definitions", name, definitions: new inspector.NodeDefinitions(text) };
}
