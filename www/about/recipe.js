// How each output came to be: prompts, models, LoRAs with their strengths, sampler, seed and size; also as text to copy.

import { RECIPE_WORDS, recipeFacts } from "../../pkg/src/view/recipe-facts.js";
import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { count } from "../format.js";
import { aboutCard } from "./card.js";

/** The card of all recipes; null where nothing is sampled. Outputs that come from the same stages are told once. */
export function recipeCard(recipes, showInGraph) {
  const stages = [...new Set(recipes.flatMap((recipe) => recipe.stages))];
  if (stages.length === 0) return null;
  const lists = stages.map((stage) => el("dl", { class: "recipe" }, recipeFacts(stage).flatMap(row)));
  const copy = copyButton("Copy as text", () => stages.map(recipeText).join("\n\n"));
  return aboutCard("How it is made", count(recipes.length, "output"), lists, [copy]);

  function row([name, facts]) {
    return [el("dt", {}, RECIPE_WORDS[name]), el("dd", {}, facts.map(factButton))];
  }

  function factButton({ value, node, input }) {
    const press = () => showInGraph(node, input);
    return el("button", { type: "button", class: "text-button", on: { click: press } }, String(value));
  }
}

/** A recipe as lines, "Steps: 20". */
export function recipeText(stage) {
  return recipeFacts(stage)
    .map(([name, facts]) => {
      const told = facts.map(({ value }) => String(value));
      return `${RECIPE_WORDS[name]}: ${told.join(name === "positive" ? "\n" : ", ")}`;
    })
    .join("\n");
}
