// Which workflow a run is of: the open file, sent along, or the one that the endpoint was deployed with. A choice beside Run that
// stays as it was made: nothing else flips it.

import { el } from "./dom.js";
import { segments } from "./switches.js";

const KEY = "what-runs";

const WORDS = {
  file: "It is sent with each run, and runs instead of the deployed one.",
  deployed: "Only values are sent. They fit if the open workflow is the deployed one.",
  converted: "A converted workflow is sent with each run: the deployed one is a different one.",
};

/**
 * Makes the choice. `isChoice()` is false where nothing is deployed, as at a ComfyUI server: then this file is what runs. After
 * runs go elsewhere, `show()` asks it again.
 */
export function createWhatRuns({ isChoice, onChange }) {
  const runs = segments("What runs", "runs", { file: "This file", deployed: "The deployed workflow" });
  const hint = el("p", { class: "muted hint", role: "status" });
  let converted = false;
  const element = el("div", { class: "what-runs" });
  let chosen = stored();
  runs.element.addEventListener("change", () => {
    chosen = runs.value();
    store(chosen);
    render();
    onChange();
  });
  render();
  show();

  function render() {
    runs.choose(converted ? "file" : chosen);
    runs.enable(!converted);
    hint.textContent = WORDS[converted ? "converted" : chosen];
  }

  function show() {
    element.replaceChildren(...(isChoice() ? [runs.element, hint] : []));
  }

  return {
    element,
    show,
    sendWorkflow: () => converted || !isChoice() || chosen === "file",
    /** A converted workflow is sent with every run; the choice comes back with the next file. */
    mustSend(on) {
      converted = on;
      render();
    },
  };
}

function stored() {
  try {
    return localStorage.getItem(KEY) === "deployed" ? "deployed" : "file";
  } catch {
    return "file";
  }
}

function store(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
