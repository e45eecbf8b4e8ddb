// Keys that work anywhere on the page: Ctrl+Enter runs, Escape cancels.

/** `active()` says whether there is a run to cancel. */
export function setUpShortcuts({ run, cancel, active }) {
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Escape" && active() && !closesSomething(event.target)) {
      cancel();
    }
  });
}

/** Escape first closes a dialog or empties a search. */
function closesSomething(target) {
  return document.querySelector("dialog[open]") !== null || (target.type === "search" && target.value !== "");
}
