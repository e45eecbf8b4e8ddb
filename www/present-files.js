// The workflow that is open as files, with what was changed: as it runs, and as the editor draws it.

import { editedApi, editedEditor, hasEditor } from "./edited-files.js";

/**
 * `{ prompt, workflow }`: the text in API format, and in editor format; null where there is none. A change that the editor's
 * file cannot hold leaves that one out, so that the two say the same.
 */
export async function presentFiles(session) {
  const prompt = session.workflow ? editedApi(session).text : null;
  if (!hasEditor(session)) return { prompt, workflow: null };
  const editor = await editedEditor(session).catch(() => null);
  return { prompt, workflow: editor?.text ?? null };
}
