// What is known of a workflow's classes: what the page gives, or what comes with the package.

import { el } from "./dom.js";

/** Definitions by who gave them: a server's are large, and are read once. @type {WeakMap<object, any>} */
const read = new WeakMap();

/**
 * What is known for a workflow: `known` is the options `objectInfo` and `customNodes`, `isWhole` whether all of it was there.
 * The file about classes of packs is only loaded when the workflow has one that the first does not know. A file that cannot
 * be loaded keeps no form from being shown.
 *
 * @param {typeof import("viewcomfy-wasm/inspect")} inspector
 * @param {any} given the tag's `definitions`; null for those that come with the package
 * @param {string} workflow its text
 */
export async function knownFor(inspector, given, workflow) {
  if (given) return { known: { objectInfo: definitionsOf(inspector, given) }, isWhole: true };
  const { NodeDefinitions } = inspector;
  const objectInfo = await NodeDefinitions.bundled().catch(() => null);
  if (objectInfo === null) return { known: {}, isWhole: false };
  const classes = classesOf(inspector.inspectWorkflow(workflow));
  if (classes.every((name) => objectInfo.has(name))) return { known: { objectInfo }, isWhole: true };
  const customNodes = await NodeDefinitions.customNodes().catch(() => null);
  if (customNodes === null) return { known: { objectInfo }, isWhole: false };
  return { known: { objectInfo, customNodes }, isWhole: true };
}

/** The API format of a file in editor format; without what is known of packs where that cannot be loaded. */
export async function apiFormatOf({ toApiFormat }, editor, objectInfo) {
  const convert = (options) => toApiFormat(editor, { objectInfo, ...options }).then(({ json }) => json);
  return convert({}).catch((error) => {
    if (error.code !== "invalid_definitions") throw error;
    return convert({ customNodes: false });
  });
}

/** Says that not all was there. */
export function knownNote(isWhole, words) {
  return !isWhole && el("p", { class: "blank", part: "note", role: "status" }, words.lessKnown);
}

/** The tag's `definitions`, read; undefined where it has none. */
export function definitionsOf({ NodeDefinitions }, given) {
  if (!given) return undefined;
  if (typeof given === "string") return new NodeDefinitions(given);
  if (given instanceof NodeDefinitions) return given;
  if (!read.has(given)) read.set(given, new NodeDefinitions(given));
  return read.get(given);
}

/** The classes of an inspection that a server would have to know. */
function classesOf({ nodes }) {
  return nodes.filter((node) => !node.editorOnly && node.classType !== null).map((node) => node.classType);
}
