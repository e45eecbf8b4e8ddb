// What the page can do with an output beside saving it.

import { loadInspector } from "../library.js";

/**
 * @param {object} page
 * @param {() => any} page.session what lies open with a workflow, or null
 * @param {(key: string) => void} page.focusKey leads to a parameter's field
 * @param {(sources: { name: string, source: Blob | string }[]) => void} page.take opens files
 * @returns {import("./actions.js").Uses}
 */
export function usesOf({ session, focusKey, take }) {
  return {
    fields: (media) =>
      (session()?.workflow.inputs ?? []).filter((input) => input.kind === "file" && input.media === media),
    use(key, file) {
      session().changes.set(key, file);
      focusKey(key);
    },
    open: (source) => take([source]),
    async holdsWorkflow(blob) {
      const found = await (await loadInspector()).findWorkflow(blob);
      return Boolean(found?.prompt || found?.workflow);
    },
  };
}
