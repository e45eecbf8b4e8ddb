// What the tags say, in English; `strings` of a tag puts other words in place of these. `{name}` is filled in.

import { MASK_WORDS } from "../view/mask/words.js";
import { RECIPE_WORDS } from "../view/recipe-facts.js";

export { say } from "../view/say.js";

/** @type {import("viewcomfy-wasm/element").ElementStrings} */
export const ENGLISH = {
  nothing: "There is no workflow here yet.",
  loading: "Reading the workflow …",
  run: "Run",
  cancel: "Cancel",
  advanced: "Advanced",
  newSeed: "New seed each run",
  chooseFile: "Choose a file: {field}",
  removeFile: "Remove the file: {field}",
  chosenFile: "{name}, {size}",
  serverFile: "{field}, name of a file on the server",
  slider: "{field}, slider",
  notOnTheList: "{value} (not on the list)",
  notANumber: "This is not a number: use digits and a point, such as 20 or 7.5.",
  notJson: "This is not JSON: {reason}",
  needed: "This is needed.",
  sending: "Sending …",
  waiting: "Starting up. The first run after a pause can take minutes.",
  running: "Running",
  done: "Done",
  cancelled: "Cancelled",
  failed: "Failed",
  progress: "Progress",
  step: "Step {step} of {total}",
  remaining: "about {seconds} s left",
  log: "Log",
  outputs: "Outputs",
  noOutputs: "The run ended without outputs.",
  preview: "Preview of what is being made",
  output: "Output {name}",
  save: "Save {name}",
  notShown: "This can only be saved.",
  seedUsed: "Seed used",
  keepSeed: "Keep this seed",
  nearest: "Did you mean: {names}",
  serviceSaid: "What the service said",
  graph: "Graph",
  graphHelp: "The arrow keys move it, plus and minus change its size, 0 shows all of it.",
  zoomIn: "Larger",
  zoomOut: "Smaller",
  showAll: "Show all",
  recipe: "How it is made",
  ...RECIPE_WORDS,
  parameters: "Parameters",
  linkedFrom: "from {node}",
  models: "Models",
  missing: "The server does not have it.",
  download: "Download",
  notes: "Notes",
  lessKnown: "What is known of some nodes could not be loaded: lists, limits and names may be missing.",
  ...MASK_WORDS,
  errors: {},
};

/** The words of a tag: English where it has none of its own. */
export function wordsOf(own) {
  return { ...ENGLISH, ...own, errors: { ...own?.errors } };
}
