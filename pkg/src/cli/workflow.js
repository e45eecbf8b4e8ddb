// A workflow out of any file that holds one: JSON as it is, pictures and the like through findWorkflow.

import { CliFailure } from "./failure.js";
import { bytesOf, openInput } from "./files.js";
import { inspection } from "./library.js";
import { quoted } from "./terminal.js";

const HEAD = 4096;

/**
 * @param {string} path "-" is stdin
 * @param {{ editor?: boolean }} [wanted] the editor's workflow rather than the one that ran, where a file has both
 * @returns {Promise<{ name: string, workflow: string | Uint8Array, where: string | null }>} `where` it was, in a file that is not JSON
 */
export async function readWorkflow(path, { editor = false } = {}) {
  const input = await openInput(path);
  // JSON is left to those who read workflows: they say line and column of a mistake.
  const isJson = await looksLikeJson(input.blob);
  if (isJson && !editor) return asItIs(input);
  const { findWorkflow } = await inspection();
  const found = await findWorkflow(input.blob);
  // One of two in what carries both.
  if (isJson && !found?.workflow) return asItIs(input);
  const chosen = editor ? (found?.workflow ?? found?.prompt) : (found?.prompt ?? found?.workflow);
  if (!chosen) throw noWorkflow(input.name, found?.parameters?.generator);
  return { name: input.name, workflow: chosen.json, where: chosen.where };
}

async function asItIs(input) {
  return { name: input.name, workflow: await bytesOf(input), where: null };
}

async function looksLikeJson(blob) {
  const head = await blob.slice(0, HEAD).text();
  return /^\ufeff?\s*[{[]/.test(head);
}

const GENERATORS = { a1111: "AUTOMATIC1111's web UI, or one like it,", novelai: "NovelAI" };

/** @param {string} name @param {keyof typeof GENERATORS} [generator] the program that made the file */
function noWorkflow(name, generator) {
  const made = generator ? `: ${GENERATORS[generator]} made it, not ComfyUI` : "";
  return new CliFailure(
    "no_workflow",
    `there is no workflow in ${quoted(name)}${made}`,
    "Give a workflow_api.json, or a picture, video, sound or model file as ComfyUI saved it: other programs drop the workflow.",
  );
}
