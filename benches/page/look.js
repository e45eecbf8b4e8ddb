// Inspection and conversion of workflows in the page, timed call by call.

import { editorText } from "./editor-workflow.js";
import { workflowText } from "./workflow.js";

/** Bytes of a workflow of a thousand nodes. */
const THOUSAND_NODES = 281_000;
const WARM_UP = 20;

/**
 * Times each call.
 *
 * @param {string} path of the package's entry
 * @param {{ objectInfo: string | null, template: string | null }} given a server's definitions and a template, if there are any
 * @returns {Promise<Record<string, number[]>>} milliseconds per call
 */
export async function lookRounds(path, { objectInfo, template }, rounds) {
  const { default: init, NodeDefinitions, inspectWorkflow, toApiFormat } = await import(path);
  await init();
  const bundled = await NodeDefinitions.bundled();
  const api = workflowText(THOUSAND_NODES);
  const editor = editorText(api);
  const definitions = objectInfo === null ? bundled : new NodeDefinitions(objectInfo);
  const calls = {
    "inspect 1,000 nodes": () => inspectWorkflow(api),
    "inspect 1,000 nodes, with definitions": () => inspectWorkflow(api, { objectInfo: definitions }),
    "inspect 1,000 nodes in editor format": () => inspectWorkflow(editor, { objectInfo: definitions }),
    "convert 1,000 nodes": () => toApiFormat(editor),
    ...(template !== null && { "convert the largest template": () => toApiFormat(template) }),
  };
  requireNodes(inspectWorkflow(api).nodes.length);
  requireNodes(Object.keys(JSON.parse((await toApiFormat(editor)).json)).length);
  /** @type {Record<string, number[]>} */
  const times = {};
  for (const [name, call] of Object.entries(calls)) times[name] = await timesOf(call, rounds);
  return times;
}

function requireNodes(count) {
  if (count < 1_000) throw new Error(`the workflow has only ${count} nodes`);
}

async function timesOf(call, rounds) {
  for (let round = 0; round < WARM_UP; round += 1) await call();
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times;
}
