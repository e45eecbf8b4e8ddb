// The workflow that is open as files, with what was changed: as it runs, and as the editor draws it.

import { loadInspector } from "./library.js";

/**
 * `{ prompt, workflow }`: the text in API format, and in editor format; null where there is none. A change that the editor's
 * file cannot hold leaves that one out, so that the two say the same.
 */
export async function presentFiles(session) {
  const prompt = session.workflow ? session.presentText() : null;
  const editor = session.editor ?? session.found?.workflow?.json ?? null;
  return { prompt, workflow: editor === null ? null : await changedEditor(session, editor) };
}

async function changedEditor(session, editor) {
  const values = session.workflow ? session.presentValues() : [];
  if (values.length === 0) return editor;
  try {
    const inspector = await loadInspector();
    const { objectInfo } = session.definitions ? session.known : {};
    return await inspector.applyParams(editor, Object.fromEntries(values), objectInfo ? { objectInfo } : {});
  } catch {
    return null;
  }
}
