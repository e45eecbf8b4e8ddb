// What a workflow's file tells besides its problems: how its outputs are made, the packs it needs, the notes in it.

import { el } from "./dom.js";
import { count } from "./format.js";

/** Cards for what there is; `showInGraph(node, input)` leads to where a fact stands. */
export function aboutFile({ recipes, packs, notes }, showInGraph) {
  return [
    recipes.length > 0 && folded("How it is made", count(recipes.length, "output"), recipeList(recipes)),
    packs.length > 0 && folded("Packs of nodes", String(packs.length), packList(packs)),
    notes.length > 0 && folded("Notes in the file", String(notes.length), noteList(notes)),
  ];

  /** Outputs that come from the same stages are told once. */
  function recipeList(list) {
    const stages = new Set(list.flatMap((recipe) => recipe.stages));
    return [...stages].map((stage) => el("dl", { class: "recipe" }, factsOf(stage).flatMap(row)));
  }

  function row([name, facts]) {
    const told = facts.filter(Boolean);
    if (told.length === 0) return [];
    return [el("dt", {}, name), el("dd", {}, told.map(factButton))];
  }

  function factButton({ value, node, input }) {
    const press = () => showInGraph(node, input);
    return el("button", { type: "button", class: "text-button", on: { click: press } }, String(value));
  }
}

function factsOf(stage) {
  return [
    ["Prompt", stage.positive],
    ["Not wanted", stage.negative],
    ["Model", stage.models],
    ["LoRA", stage.loras.flatMap(({ name, strengthModel }) => [name, strengthModel])],
    ["Sampler", [stage.sampler, stage.scheduler]],
    ["Steps", [stage.steps]],
    ["CFG", [stage.cfg]],
    ["Guidance", [stage.guidance]],
    ["Denoise", [stage.denoise]],
    ["Seed", [stage.seed]],
    ["Size", [stage.width, stage.height]],
    ["Frames", [stage.length]],
  ];
}

function packList(packs) {
  const rows = packs.map(({ id, repository, versions, nodes }) =>
    el(
      "li",
      { class: "model" },
      el("span", { class: "mono model-name" }, id ?? repository),
      el("span", { class: "muted" }, [...versions, count(nodes.length, "node")].join(", ")),
    ),
  );
  return el("ul", {}, rows);
}

function noteList(notes) {
  return el(
    "ul",
    {},
    notes.map(({ text }) => el("li", { class: "file-note" }, text)),
  );
}

function folded(title, number, content) {
  const summary = el("summary", {}, el("h3", {}, title), el("span", { class: "muted" }, number));
  return el("details", { class: "card notes about-file" }, summary, content);
}
