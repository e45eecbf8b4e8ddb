// What is compared: a file as it was read, or what is open with its changes.

import { savedValues } from "./session.js";
import { readWorkflow } from "./workflow.js";

/** What is open with the workflow as it is changed now, to be compared. */
export async function withChanges(session) {
  const { changes, library, name, text } = session;
  const values = savedValues(changes);
  if (Object.keys(values).length === 0) return session;
  return { ...session, changed: await readWorkflow(library, name, library.applyParams(text, values)) };
}

/** One side of a comparison: the workflow with its changes, if some were made before. */
export function sideOf(read) {
  return { ...read, workflow: read.changed ?? read.workflow };
}
