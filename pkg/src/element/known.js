// What is known of a workflow's classes: what the page gives, or what comes with the package.

/** Definitions by who gave them: a server's are large, and are read once. @type {WeakMap<object, any>} */
const read = new WeakMap();

/**
 * The options `objectInfo` and `customNodes` for a workflow. The file about classes of packs is only loaded when the
 * workflow has one that the first does not know.
 *
 * @param {typeof import("viewcomfy-wasm/inspect")} inspector
 * @param {any} given the tag's `definitions`; null for those that come with the package
 * @param {string[]} classes those of the workflow
 */
export async function knownFor(inspector, given, classes) {
  const { NodeDefinitions } = inspector;
  if (given) return { objectInfo: definitionsOf(NodeDefinitions, given) };
  const objectInfo = await NodeDefinitions.bundled();
  if (classes.every((name) => objectInfo.has(name))) return { objectInfo };
  return { objectInfo, customNodes: await NodeDefinitions.customNodes() };
}

function definitionsOf(NodeDefinitions, given) {
  if (typeof given === "string") return new NodeDefinitions(given);
  if (given instanceof NodeDefinitions) return given;
  if (!read.has(given)) read.set(given, new NodeDefinitions(given));
  return read.get(given);
}

/** The classes of an inspection that a server would have to know. */
export function classesOf({ nodes }) {
  return nodes.filter((node) => !node.editorOnly && node.classType !== null).map((node) => node.classType);
}
