// From a field of the form schema to what the page's controls need.

const MEDIA = { image: "image", "image-mask": "image", video: "video", audio: "audio" };
const SEEDS = new Set(["seed", "noise_seed", "rand_seed"]);

/** The workflow's input as the form presents it: the field's title, and the control that suits both type and value. */
export function fieldInput(field, input, group) {
  const title = field.title || input.name;
  return {
    ...input,
    ...controlFor(field, input),
    name: title,
    label: `${group.title}, ${title}`,
    help: field.helpText,
    placeholder: field.placeholder,
  };
}

/** A designed form may say what the workflow's value is not; the value then decides. */
function controlFor(field, input) {
  const { value } = input;
  if (input.kind === "link" || (value !== null && typeof value === "object")) return {};
  if (field.options?.length) return { kind: "choice", options: field.options };
  if (typeof value === "string") return textControl(field, input);
  if (typeof value === "number" || typeof value === "bigint") return numberControl(field, value);
  return {};
}

function textControl(field, input) {
  if (MEDIA[field.type]) return { kind: "file", media: MEDIA[field.type] };
  if (input.kind === "choice") return {};
  return { kind: field.type === "long-text" ? "long-text" : "text" };
}

function numberControl(field, value) {
  if (SEEDS.has(field.type)) return { kind: "seed" };
  const ranged = typeof field.min === "number" && typeof field.max === "number" && typeof value === "number";
  if (field.type === "slider" && ranged)
    return { kind: "slider", range: { min: field.min, max: field.max, step: field.step } };
  return { kind: "number" };
}
