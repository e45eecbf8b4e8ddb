// What is known of classes: by a server's definitions, or by those that come with the package. Knows the package, not the page.

/**
 * Looks into a workflow with what is known: `{ inspection, options }`, where the options are those of every other call.
 * Without a server's definitions (`known`), ComfyUI's own nodes are known by the package's, and a second file is loaded where
 * the workflow has a class that these do not have. A file that cannot be loaded leaves it to the workflow alone.
 */
export async function inspectKnowing(inspector, text, known) {
  const options = known ? { objectInfo: known.value } : await bundledOptions(inspector);
  const inspection = inspector.inspectWorkflow(text, options);
  const own = known ? undefined : options.objectInfo;
  if (!own || !inspection.nodes.some((node) => isOfPack(node, own))) return { inspection, options };
  const customNodes = await inspector.NodeDefinitions.customNodes().catch(() => null);
  if (customNodes === null) return { inspection, options };
  const more = { ...options, customNodes };
  return { inspection: inspector.inspectWorkflow(text, more), options: more };
}

function bundledOptions(inspector) {
  return inspector.NodeDefinitions.bundled().then(
    (objectInfo) => ({ objectInfo }),
    () => ({}),
  );
}

function isOfPack({ classType, editorOnly }, own) {
  return classType !== null && !editorOnly && !own.has(classType);
}
