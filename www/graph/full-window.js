// The graph on the whole window and back.

import { iconButton } from "../dom.js";

const THERE = "Show the graph on the whole window";
const BACK = "Back to the page";

/** The button for it. `body()` goes into the window's dialog and comes back to its `home()`; `fit()` fits the graph. */
export function fullButton({ body, home, fit }) {
  const button = iconButton("expand", THERE, toggle);

  function toggle() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("graph-dialog"));
    if (dialog.open) {
      dialog.close();
      return;
    }
    dialog.replaceChildren(body());
    dialog.showModal();
    name(BACK);
    dialog.addEventListener("close", comeBack, { once: true });
    requestAnimationFrame(() => requestAnimationFrame(fit));
  }

  function comeBack() {
    home().prepend(body());
    name(THERE);
    requestAnimationFrame(fit);
    button.focus({ preventScroll: true });
  }

  function name(words) {
    button.setAttribute("aria-label", words);
    button.title = words;
  }

  return button;
}
