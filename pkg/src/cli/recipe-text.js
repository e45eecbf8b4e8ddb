// How the outputs of a workflow came to be, as text for a person.

import { shown as json } from "./json.js";
import { oneLine } from "./terminal.js";

const MAX_PROMPT = 200;

/** @param {import("viewcomfy-wasm/inspect").Recipe[]} recipes @param {(style: string, text: string) => string} paint */
export function recipeLines(recipes, paint) {
  if (recipes.length === 0) return [];
  const lines = recipes.flatMap(({ output, stages }) => [
    `  ${paint("cyan", oneLine(output))}`,
    ...stages.flatMap((stage) => stageLines(stage).map((line) => `    ${line}`)),
  ]);
  return [paint("bold", "How the outputs are made"), ...lines];
}

function stageLines(stage) {
  const { positive, negative, models, loras, width, height } = stage;
  const settings = ["sampler", "scheduler", "steps", "cfg", "guidance", "denoise", "seed"];
  const told = settings.flatMap((name) => (stage[name] ? [`${name} ${shown(stage[name])}`] : []));
  const size = width && height ? [`${shown(width)} × ${shown(height)}`] : [];
  return [
    `node ${oneLine(stage.node)}: ${[...told, ...size].join(", ") || "no settings"}`,
    ...models.map((fact) => `  model ${shown(fact)}`),
    ...loras.map(
      ({ name, strengthModel }) =>
        `  LoRA ${shown(name)}${strengthModel ? ` at ${shown(strengthModel)}` : ""}`,
    ),
    ...positive.map((fact) => `  + ${shown(fact)}`),
    ...negative.map((fact) => `  - ${shown(fact)}`),
  ];
}

function shown({ value }) {
  return oneLine(typeof value === "string" ? value : json(value), MAX_PROMPT);
}
