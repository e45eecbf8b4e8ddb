// The model files that a workflow needs: where ComfyUI looks for them, where they can be had, whether a server has them.

import { webAddress } from "../../pkg/src/view/dom.js";
import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { count } from "../format.js";
import { aboutCard } from "./card.js";

/** The card; null where no model is named. `saved` are the models of the editor's file, which knows addresses. */
export function modelCard(list, saved) {
  if (list.length === 0) return null;
  const links = new Map(saved.map(({ name, url }) => [name, url]));
  const unique = new Map(list.map((model) => [`${model.folder}/${model.name}`, model]));
  const models = [...unique.values()].map((model) => ({
    ...model,
    url: webAddress(model.url ?? links.get(model.name)),
  }));
  const missing = models.filter(({ available }) => available === false).length;
  const number = count(models.length, "file") + (missing > 0 ? `, ${missing} missing` : "");
  return aboutCard("Models", number, el("ul", {}, models.map(line)), [
    copyButton("Copy names", () => models.map(({ name }) => name).join("\n")),
    copyButton("Copy with links", () => models.map(plainLine).join("\n")),
  ]);
}

function line({ name, folder, url, available }) {
  return el(
    "li",
    { class: "model" },
    el("span", { class: "mono model-name" }, name),
    el("span", { class: "muted" }, folder ?? "model"),
    url &&
      el(
        "a",
        { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": `Download ${name}` },
        "download",
      ),
    available !== null &&
      el(
        "span",
        { class: available ? "model-there" : "model-missing" },
        available ? "on the server" : "missing",
      ),
  );
}

/** "checkpoints/v1-5.safetensors  https://…": a folder of ComfyUI's `models`, the file, and where it can be had. */
function plainLine({ name, folder, url }) {
  return [folder ? `${folder}/${name}` : name, url].filter(Boolean).join("  ");
}
