// Keys that work anywhere on the page: Ctrl+Enter runs, Escape cancels, Ctrl+Z undoes outside of texts.

/** `active()` says whether there is a run to cancel. */
export function setUpShortcuts({ run, cancel, undo, redo, active }) {
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Escape" && active() && !closesSomething(event.target)) {
      cancel();
    } else if (
      isUndoKey(event) &&
      !hasOwnUndo(event.target) &&
      document.querySelector("dialog[open]") === null
    ) {
      event.preventDefault();
      if (event.shiftKey || event.key.toLowerCase() === "y") redo();
      else undo();
    }
  });
}

function isUndoKey({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (!(ctrlKey || metaKey) || altKey) return false;
  return key.toLowerCase() === "z" || (key.toLowerCase() === "y" && !shiftKey);
}

/** In a text the browser takes letters back itself. */
function hasOwnUndo(target) {
  return (
    target instanceof Element &&
    target.matches("textarea, input:not([type=checkbox], [type=radio], [type=range])")
  );
}

/** Escape first closes a dialog or empties a search. */
function closesSomething(target) {
  return document.querySelector("dialog[open]") !== null || (target.type === "search" && target.value !== "");
}
