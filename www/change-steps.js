// The way back from changes: a step, all of them, or those that were brought back from an earlier visit.

import { announce } from "./announce.js";
import { el, icon, iconButton } from "./dom.js";
import { count } from "./format.js";

/** Undo, redo and "Reset all", which have their place before there is a change; `update()` after each. */
export function changeButtons(changes) {
  const undo = iconButton("undo", "Undo (Ctrl+Z)", () => undoStep(changes));
  const redo = iconButton("redo", "Redo (Ctrl+Shift+Z)", () => redoStep(changes));
  const resetAll = el(
    "button",
    { type: "button", class: "button small quiet", on: { click: () => changes.resetAll() } },
    "Reset all",
  );
  const element = el(
    "span",
    { class: "change-steps", role: "group", "aria-label": "Changes" },
    undo,
    redo,
    resetAll,
  );

  function update() {
    // As Run and Cancel do, they keep the focus of whoever pressed them to the end.
    undo.setAttribute("aria-disabled", String(!changes.canUndo));
    redo.setAttribute("aria-disabled", String(!changes.canRedo));
    resetAll.setAttribute("aria-disabled", String(changes.size === 0));
  }

  return { element, update };
}

/** Takes the last step back, and says so. */
export function undoStep(changes) {
  say("Undone", changes.undo());
}

export function redoStep(changes) {
  say("Done again", changes.redo());
}

function say(what, keys) {
  if (keys.length > 0) announce(`${what}: ${count(keys.length, "change")}.`);
}

/** That changes were brought back, which files have to be chosen again, and the way to be rid of them. */
export function restoredLine(session) {
  const { restored, changes } = session;
  const words = [
    restored.count > 0 && `Restored ${count(restored.count, "change")} from before.`,
    filesWords(restored.files),
  ];
  const element = el(
    "p",
    { class: "muted found restored", role: "status" },
    icon("reset"),
    el("span", {}, words.filter(Boolean).join(" ")),
    restored.count > 0 &&
      el("button", { type: "button", class: "text-button", on: { click: discard } }, "Discard them"),
    iconButton("close", "Dismiss: the changes stay", dismiss),
  );

  function discard() {
    changes.resetAll();
    announce("The changes are discarded. Undo brings them back.");
    dismiss();
  }

  function dismiss() {
    session.restored = null;
    element.remove();
  }

  return element;
}

function filesWords(files) {
  if (files.length === 0) return "";
  const be = files.length === 1 ? "has" : "have";
  return `Files are not kept: ${files.join(", ")} ${be} to be chosen again.`;
}
