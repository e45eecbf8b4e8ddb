// Flattening in the page: this package and the reference's algorithm, called in turn.

import { flattenWorkflow, flattenWorkflowToJson } from "viewcomfy-wasm";

import { workflowText } from "./workflow.js";

/** A sample is as many calls as take about this long: the browser's clock has a resolution of 0.1 ms. */
const SAMPLE_MS = 8;

const FORMS = {
  "text to object": {
    input: (text) => text,
    ours: flattenWorkflow,
    reference: (text) => flatten(JSON.parse(text)),
  },
  "bytes to object": {
    input: (text) => new TextEncoder().encode(text),
    ours: flattenWorkflow,
    reference: (bytes) => flatten(JSON.parse(new TextDecoder().decode(bytes))),
  },
  "bytes to text": {
    input: (text) => new TextEncoder().encode(text),
    ours: (bytes) => flattenWorkflowToJson(bytes),
    reference: (bytes) => JSON.stringify(flatten(JSON.parse(new TextDecoder().decode(bytes)))),
  },
};

/** The reference client's loop. */
function flatten(workflow) {
  const flat = {};
  for (const [id, node] of Object.entries(workflow)) {
    flat[`_${id}-node-class_type-info`] = node._meta?.title || (node.class_type ?? null);
    for (const [name, value] of Object.entries(node.inputs)) flat[`${id}-inputs-${name}`] = value;
  }
  return flat;
}

/**
 * Times every form with a workflow of about this many bytes.
 *
 * @returns {Record<string, { bytes: number, ours: number[], reference: number[] }>} milliseconds per call
 */
export function flattenRounds(size, rounds) {
  const text = workflowText(size);
  return Object.fromEntries(Object.entries(FORMS).map(([name, form]) => [name, race(form, text, rounds)]));
}

function race({ input, ours, reference }, text, rounds) {
  const given = input(text);
  requireSame(ours(given), reference(given));
  const calls = Math.max(1, Math.round(SAMPLE_MS / warmUp(ours, reference, given)));
  const times = { bytes: new TextEncoder().encode(text).length, ours: [], reference: [] };
  for (let round = 0; round < rounds; round += 1) {
    const inTurn = round % 2 === 0 ? ["ours", "reference"] : ["reference", "ours"];
    for (const who of inTurn) times[who].push(perCall(who === "ours" ? ours : reference, given, calls));
  }
  return times;
}

function requireSame(ours, reference) {
  const text = (flat) => (typeof flat === "string" ? flat : JSON.stringify(flat));
  if (text(ours) !== text(reference)) throw new Error("the two results differ");
}

/** Warms both up, so that they are compiled. @returns {number} milliseconds per call of the faster one */
function warmUp(ours, reference, given) {
  const until = performance.now() + 400;
  let quickest = Number.POSITIVE_INFINITY;
  while (performance.now() < until) {
    quickest = Math.min(quickest, perCall(ours, given, 4), perCall(reference, given, 4));
  }
  return Math.max(quickest, 0.005);
}

function perCall(flattener, given, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call += 1) flattener(given);
  return (performance.now() - start) / calls;
}
