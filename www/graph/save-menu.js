// "Save as SVG" and "Save as PNG" of the graph's tools.

import { el } from "../dom.js";
import { showNotice } from "../notice.js";
import { presentFiles } from "../present-files.js";

/** Builds the buttons; `drawing()` is what the view shows now, `place` the element whose styles it has. */
export function createSaveMenu(session, { drawing, place }) {
  const name = `${session.name.replace(/\.[^.]+$/, "") || "workflow"}-graph`;
  const listeners = (format) => ({ click: () => save(format) });
  return el(
    "div",
    { class: "graph-save", role: "group", "aria-label": "Save the graph, with the workflow inside" },
    ["SVG", "PNG"].map((format) =>
      el(
        "button",
        {
          type: "button",
          class: "button small quiet",
          title: "With the workflow inside: it opens here and in ComfyUI again",
          "aria-label": `Save the graph as ${format}`,
          on: listeners(format.toLowerCase()),
        },
        format,
      ),
    ),
  );

  async function save(format) {
    try {
      const [{ saveGraph }, files] = await Promise.all([import("./export.js"), presentFiles(session)]);
      await saveGraph(format, { drawing: drawing(), place, files, name });
    } catch (error) {
      showNotice({ title: "The graph could not be saved", message: String(error?.message ?? error) });
    }
  }
}
