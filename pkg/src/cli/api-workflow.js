// A workflow in API format out of any file: what the editor saved is converted, and one note on stderr says so.

import { isViewComfyError } from "viewcomfy-wasm";

import { readDefinitions } from "./definitions.js";
import { CliFailure } from "./failure.js";
import { count } from "./inspect-text.js";
import { client, inspection } from "./library.js";
import { oneLine, painter, quoted, writeError } from "./terminal.js";
import { readWorkflow } from "./workflow.js";

/**
 * @typedef {object} ApiWorkflow
 * @property {string} name
 * @property {string | Uint8Array} workflow
 * @property {import("viewcomfy-wasm/inspect").NodeDefinitions | undefined} objectInfo those of the server, where one was named
 */

/**
 * What cannot be run is refused before anything else is read.
 *
 * @param {string} path "-" is stdin
 * @param {string} [source] where the definitions of a server are: a file, or its address
 * @param {ApiWorkflow["objectInfo"]} [known] those that were read before
 * @returns {Promise<ApiWorkflow>}
 */
export async function readApiWorkflow(path, source, known) {
  const { name, workflow } = await readWorkflow(path);
  const isOfEditor = await isInEditorFormat(workflow);
  const objectInfo = known ?? (await readDefinitions(source));
  if (!isOfEditor) return { name, workflow, objectInfo };
  const { toApiFormat } = await inspection();
  const converted = await toApiFormat(workflow, { objectInfo });
  if (/^\s*\{\s*\}\s*$/.test(converted.json)) throw nothingRuns(name);
  await tellConverted(name, converted);
  return { name, workflow: converted.json, objectInfo };
}

/**
 * One line: that a file was converted, whether the result runs, and how to see more.
 *
 * @param {string} name
 * @param {import("viewcomfy-wasm/inspect").Converted} converted
 */
export async function tellConverted(name, { warnings, report }) {
  const told = [`${quoted(name)} is in the editor's format and was converted to API format.`];
  if (report !== null) told.push(report.summary);
  if (warnings.length > 0)
    told.push(`"viewcomfy-wasm convert" shows ${count(warnings.length, "warning")} about it.`);
  await writeNote(told.join(" "));
}

/** @param {string} name @param {Error} error why it has no parameters */
export async function tellUnconverted(name, error) {
  await writeNote(`${quoted(name)} is in the editor's format and cannot be converted: ${error.message}`);
}

async function writeNote(text) {
  await writeError(`${painter(process.stderr)("cyan", "note")}: ${oneLine(text, 500)}\n`);
}

function nothingRuns(name) {
  return new CliFailure(
    "invalid_workflow",
    `${quoted(name)} is in the editor's format, and none of its nodes runs`,
    "Open it in ComfyUI: add nodes, or unmute those that are there.",
  );
}

/** @throws what the library has against it, unless that is its format */
async function isInEditorFormat(workflow) {
  const { flattenWorkflow } = await client();
  try {
    flattenWorkflow(workflow);
    return false;
  } catch (error) {
    if (isViewComfyError(error) && error.code === "editor_workflow") return true;
    throw error;
  }
}
