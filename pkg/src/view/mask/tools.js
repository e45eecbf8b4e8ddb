// The tools of the mask editor, and their keys: B and E choose, [ and ] change the size, Ctrl+Z undoes.

import { el } from "../dom.js";

const LARGEST = 512;
/** How much a press on [ or ] changes the size. */
const STEP = 1.25;

/** Makes the toolbar of a sheet: `update()` shows what can be undone, `pressed(event)` does what a key stands for. */
export function createTools({ brush, resize, add, undo, redo, canUndo, canRedo }, words, size) {
  const brushButton = choiceButton(words.brush, "B", () => choose(false));
  const eraserButton = choiceButton(words.eraser, "E", () => choose(true));
  const slider = el("input", {
    type: "range",
    class: "slider",
    min: 1,
    max: LARGEST,
    "aria-label": words.brushSizeHelp,
    on: { input: () => setSize(Number(slider.value)) },
  });
  const sizeText = el("output", { class: "mono" });
  const undoButton = toolButton(words.undo, undo, "Control+Z");
  const redoButton = toolButton(words.redo, redo, "Control+Shift+Z");
  const element = el(
    "div",
    { class: "mask-tools", role: "toolbar", "aria-label": words.maskTools },
    el("span", { class: "mask-group" }, brushButton, eraserButton),
    el("label", { class: "mask-size" }, el("span", { class: "muted" }, words.brushSize), slider, sizeText),
    el(
      "span",
      { class: "mask-group" },
      toolButton(words.invertMask, () => add({ kind: "invert" })),
      toolButton(words.clearMask, () => add({ kind: "clear" })),
      undoButton,
      redoButton,
    ),
  );
  choose(false);
  setSize(size);

  function choose(erase) {
    brush.erase = erase;
    brushButton.setAttribute("aria-pressed", String(!erase));
    eraserButton.setAttribute("aria-pressed", String(erase));
  }

  function setSize(wanted) {
    const next = Math.round(Math.min(LARGEST, Math.max(1, wanted)));
    slider.value = String(next);
    sizeText.textContent = `${next} px`;
    resize(next);
  }

  const WORK = {
    "[": () => setSize(Math.min(brush.size - 1, brush.size / STEP)),
    "]": () => setSize(Math.max(brush.size + 1, brush.size * STEP)),
    b: () => choose(false),
    e: () => choose(true),
    "ctrl z": undo,
    "ctrl shift z": redo,
    "ctrl y": redo,
  };

  return {
    element,
    update() {
      undoButton.disabled = !canUndo();
      redoButton.disabled = !canRedo();
    },
    pressed(event) {
      const work = WORK[keyName(event)];
      if (!work) return;
      event.preventDefault();
      // The page has an undo of its own.
      event.stopPropagation();
      work();
    },
  };
}

function toolButton(word, onClick, keys = "") {
  return el(
    "button",
    { type: "button", class: "button small", "aria-keyshortcuts": keys || null, on: { click: onClick } },
    word,
  );
}

function choiceButton(word, key, onClick) {
  const props = { type: "button", class: "chip", title: `${word} (${key})`, "aria-keyshortcuts": key };
  return el("button", { ...props, "aria-pressed": "false", on: { click: onClick } }, word);
}

/** Brackets take a modifier on many keyboards, and are what they are all the same. */
function keyName({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (key === "[" || key === "]") return key;
  const held = [(ctrlKey || metaKey) && "ctrl", shiftKey && "shift", altKey && "alt"].filter(Boolean);
  return [...held, key.toLowerCase()].join(" ");
}
