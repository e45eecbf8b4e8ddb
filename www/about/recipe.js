// How each output came to be: prompts, models, LoRAs with their strengths, sampler, seed and size; also as text to copy.

import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { count } from "../format.js";
import { aboutCard } from "./card.js";

/** The card of all recipes; null where nothing is sampled. Outputs that come from the same stages are told once. */
export function recipeCard(recipes, showInGraph) {
  const stages = [...new Set(recipes.flatMap((recipe) => recipe.stages))];
  if (stages.length === 0) return null;
  const lists = stages.map((stage) => el("dl", { class: "recipe" }, factsOf(stage).flatMap(row)));
  const copy = copyButton("Copy as text", () => stages.map(recipeText).join("\n\n"));
  return aboutCard("How it is made", count(recipes.length, "output"), lists, [copy]);

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
    ["LoRA", stage.loras.map(withStrength)],
    ["Sampler", [stage.sampler, stage.scheduler]],
    ["Steps", [stage.steps]],
    ["CFG", [stage.cfg]],
    ["Guidance", [stage.guidance]],
    ["Denoise", [stage.denoise]],
    ["Seed", [stage.seed]],
    ["Size", [sizeOf(stage)]],
    ["Frames", [stage.length]],
  ];
}

/** "style.safetensors (0.8)", and where the text encoder has a strength of its own "(0.8, CLIP 0.5)". */
function withStrength({ name, strengthModel, strengthClip }) {
  const own = strengthClip && strengthClip.value !== strengthModel?.value;
  const strengths = [strengthModel && String(strengthModel.value), own && `CLIP ${strengthClip.value}`];
  const told = strengths.filter(Boolean).join(", ");
  return { ...name, value: told === "" ? name.value : `${name.value} (${told})` };
}

function sizeOf({ width, height }) {
  if (!width || !height) return width ?? height;
  return { ...width, value: `${width.value} × ${height.value}` };
}

/** A recipe as lines, "Steps: 20". */
export function recipeText(stage) {
  const lines = factsOf(stage).map(([name, facts]) => {
    const told = facts.filter(Boolean).map(({ value }) => String(value));
    return told.length > 0 ? `${name}: ${told.join(name === "Prompt" ? "\n" : ", ")}` : "";
  });
  return lines.filter((line) => line !== "").join("\n");
}
