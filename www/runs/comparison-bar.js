// What is done with chosen runs, below the boxes that choose them: always in its place, and it says what is missing.

import { announce } from "../announce.js";
import { el } from "../dom.js";

/** The bar: `show(number, all)` after each choice, of how many that could be chosen. */
export function createComparisonBar({ onCompare, onGrid }) {
  const words = el("p", { class: "muted", id: "comparison-words" });
  const compare = barButton("Compare", onCompare);
  const grid = barButton("Side by side", onGrid);
  const element = el(
    "div",
    { class: "comparison-bar", role: "group", "aria-label": "Comparison of runs", hidden: true },
    words,
    compare,
    grid,
  );

  function show(number, all) {
    element.hidden = all < 2;
    const said = wordsFor(number);
    if (words.textContent !== said && words.textContent !== "" && !element.hidden) announce(said);
    words.textContent = said;
    compare.setAttribute("aria-disabled", String(number !== 2));
    grid.setAttribute("aria-disabled", String(number < 2));
  }

  /** It can be reached while it does nothing yet, so that its reason is read there. */
  function barButton(word, onClick) {
    return el(
      "button",
      {
        type: "button",
        class: "button small",
        "aria-describedby": "comparison-words",
        on: { click: ({ currentTarget }) => press(currentTarget, onClick) },
      },
      word,
    );
  }

  function press(button, onClick) {
    if (button.getAttribute("aria-disabled") === "true") announce(words.textContent);
    else onClick();
  }

  return { element, show };
}

function wordsFor(number) {
  if (number === 0) return "Choose two runs to compare.";
  if (number === 1) return "One run chosen. Choose another.";
  return number === 2 ? "Two runs chosen." : `${number} runs chosen. Compare takes two.`;
}
