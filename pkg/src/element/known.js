// What is known of a workflow's classes: what the page gives, or what comes with the package.

/** Definitions by who gave them: a server's are large, and are read once. @type {WeakMap<object, any>} */
const read = new WeakMap();

/**
 * The options `objectInfo` and `customNodes` for a workflow. The file about classes of packs is only loaded when the
 * workflow has one that the first does not know.
 *
 * @param {typeof import("viewcomfy-wasm/inspect")} inspector
 * @param {any} given the tag's `definitions`; null for those that come with the package
 * @param {string} workflow its text
 */
export async function knownFor(inspector, given, workflow) {
  if (given) return { objectInfo: definitionsOf(inspector, given) };
  const { NodeDefinitions } = inspector;
  const objectInfo = await NodeDefinitions.bundled();
  const classes = classesOf(inspector.inspectWorkflow(workflow));
  if (classes.every((name) => objectInfo.has(name))) return { objectInfo };
  return { objectInfo, customNodes: await NodeDefinitions.customNodes() };
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
