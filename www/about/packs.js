// The packs of nodes that a workflow was saved with.

import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { count } from "../format.js";
import { aboutCard } from "./card.js";

/** The card; null where the file names none. */
export function packCard(packs) {
  if (packs.length === 0) return null;
  const lines = packs.map((pack) =>
    el(
      "li",
      { class: "model" },
      el("span", { class: "mono model-name" }, nameOf(pack)),
      el("span", { class: "muted" }, [...pack.versions, count(pack.nodes.length, "node")].join(", ")),
    ),
  );
  return aboutCard("Packs of nodes", String(packs.length), el("ul", {}, lines), [
    copyButton("Copy list", () => packs.map(plainLine).join("\n")),
  ]);
}

/** "comfyui-kjnodes 1.1.9" */
function plainLine(pack) {
  return [nameOf(pack), ...pack.versions].join(" ");
}

function nameOf({ id, repository }) {
  return id ?? repository ?? "(no name)";
}
