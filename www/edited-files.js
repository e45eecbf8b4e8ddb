// The files that can be saved of what is open, each with what was changed in it. Knows the package, not the page.

import { apiName } from "./conversion.js";
import { loadInspector } from "./library.js";
import { savedValues } from "./session.js";

/** The workflow in API format: as it was written, with the changed values put in. */
export function editedApi(session) {
  const { workflow, changes, library } = session;
  const values = savedValues(changes);
  return {
    name: nameOf(session),
    text: Object.keys(values).length === 0 ? workflow.text : library.applyParams(workflow.text, values),
  };
}

/** Its parameters, flattened. */
export function editedParameters(session) {
  const text = session.library.flattenWorkflowToJson(editedApi(session).text, 4);
  return { name: "workflow_api_parameters.json", text };
}

/** Whether the file has the editor's format, too: nodes where they were drawn, for ComfyUI's page. */
export function hasEditor(session) {
  return editorText(session) !== null;
}

/**
 * The workflow in the editor's format. Its values stand elsewhere in it, and some cannot be changed alone: then it throws, and
 * the error says which.
 */
export async function editedEditor(session) {
  const { name, changes, definitions } = session;
  const text = editorText(session);
  const values = changes === null ? {} : savedValues(changes);
  const file = { name: withJson(name) };
  if (Object.keys(values).length === 0) return { ...file, text };
  const inspector = await loadInspector();
  const options = definitions ? { objectInfo: definitions.value } : {};
  return { ...file, text: await inspector.applyParams(text, values, options) };
}

function editorText({ editor, found }) {
  return editor ?? found?.workflow?.json ?? null;
}

/** What was in API format from the start keeps its name. */
function nameOf({ name, editor, found }) {
  return editor || found ? apiName(name) : withJson(name);
}

function withJson(name) {
  return name.replace(/(?:\.[^.]+)?$/, ".json");
}
