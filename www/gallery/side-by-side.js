// Several runs side by side, each with what differs from the others.

import { el } from "../dom.js";
import { differences, picturesOf, runCaption } from "./kept-pictures.js";
import { openViewer } from "./viewer.js";

/** Opens the pictures of kept runs as a grid, oldest first. */
export async function showSideBySide(runs) {
  const ordered = [...runs].reverse();
  const { pictures, release } = await picturesOf(ordered);
  const differing = differences(ordered);
  const cells = ordered.map(({ run }, at) =>
    el(
      "li",
      { class: "side-cell" },
      pictures[at].length === 0 && el("div", { class: "file-tile" }, "No picture of it is kept"),
      pictures[at].map(({ filename, src }) => el("img", { src, alt: `Output ${filename}`, title: filename })),
      runCaption(run),
      el(
        "dl",
        { class: "side-values" },
        differing.flatMap(([key, texts]) => [el("dt", {}, key), el("dd", { dir: "auto" }, texts[at])]),
      ),
    ),
  );
  openViewer({
    label: "Runs side by side",
    title: `${runs.length} runs side by side`,
    body: el("ul", { class: "side-by-side", tabindex: "0" }, cells),
    onClose: release,
  });
}
