// What of an open workflow can be saved: the file in each of its formats and its parameters, with the changes in them.

import { wordButton } from "./dom.js";
import { saveText } from "./download.js";
import { editedApi, editedEditor, editedParameters, hasEditor } from "./edited-files.js";
import { sentence } from "./format.js";
import { showNotice } from "./notice.js";

/** @returns {HTMLElement[]} one button for each file */
export function saveButtons(session) {
  const { workflow, editor, found } = session;
  if (!workflow) return found ? [wordButton("file", "Save workflow", saveEditor)] : [];
  return [
    wordButton("save", "Download parameters", () => save(editedParameters(session))),
    wordButton("file", "Save workflow", editor ? saveEditor : saveApi),
    ...(editor ? [wordButton("file", "Download API format", saveApi)] : []),
    ...(!editor && hasEditor(session) ? [wordButton("file", "Download editor format", saveEditor)] : []),
  ];

  function saveApi() {
    save(editedApi(session));
  }

  async function saveEditor() {
    try {
      save(await editedEditor(session));
    } catch (error) {
      showNotice({
        title: "A change cannot be put into the editor's format",
        message: `${sentence(String(error?.message ?? error))} The API format takes it.`,
        action: workflow ? { label: "Download API format", run: saveApi } : undefined,
      });
    }
  }
}

function save({ name, text }) {
  saveText(text, name, "application/json");
}
