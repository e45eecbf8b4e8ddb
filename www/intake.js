// How files get in: dropped anywhere, picked, pasted, or one of the examples.

import { byId } from "./dom.js";

/**
 * Listens on the whole window. `onSources(list, way)` gets `{ name, source }` of everything that came at once, where a
 * source is a file, a text, or a promise of bytes; the way is "drop", "paste" or "choose".
 */
export function setUpIntake({ onSources }) {
  const picker = byId("file-picker");
  const openPicker = () => picker.click();
  const take = (files, way) =>
    onSources(
      files.map((file) => ({ name: file.name || "Pasted file", source: file })),
      way,
    );

  byId("pick").addEventListener("click", openPicker);
  picker.addEventListener("change", () => {
    if (picker.files.length > 0) take([...picker.files], "choose");
    picker.value = "";
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-example]"))) {
    const name = `${button.dataset.example}.json`;
    button.addEventListener("click", () => onSources([{ name, source: fetchExample(name) }], "choose"));
  }
  setUpDrop(take);
  setUpPaste(take, (text) => onSources([{ name: "Pasted workflow", source: text }], "paste"));
  return { openPicker };
}

async function fetchExample(name) {
  const response = await fetch(`./examples/${name}`);
  if (!response.ok)
    throw new Error(`The example could not be loaded: the server responded with ${response.status}.`);
  return response.arrayBuffer();
}

function setUpDrop(take) {
  const frame = byId("drop-frame");
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (visible) => {
    frame.hidden = !visible;
    document.body.classList.toggle("dragging", visible);
  };

  addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    show(true);
  });
  addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return;
    depth -= 1;
    if (depth <= 0) show(false);
  });
  addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    depth = 0;
    show(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || isForTag(event)) return;
    event.preventDefault();
    const field = closest(event, "[data-file-drop]");
    if (files.length === 1 && field && files[0].type.startsWith(`${field.dataset.fileDrop}/`)) {
      field.dispatchEvent(new CustomEvent("filedrop", { detail: files[0] }));
    } else {
      take(files, "drop");
    }
  });
}

function setUpPaste(take, takeText) {
  addEventListener("paste", (event) => {
    if (closest(event, "input, textarea, [contenteditable]")) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length > 0) take(files, "paste");
    else if (text.trim() !== "") takeText(text);
    else return;
    event.preventDefault();
  });
}

/** Whether it hit a tag's own field for files, which takes them by itself. */
function isForTag(event) {
  const hit = innermost(event);
  return hit !== event.target && hit.matches("[type=file]");
}

/** @returns {any} the nearest such element around an event */
function closest(event, selector) {
  return innermost(event).closest(selector);
}

/** @returns {Element} what an event hit, inside of a tag as well; the document itself counts as its root. */
function innermost(event) {
  const [hit] = event.composedPath();
  return hit instanceof Element ? hit : document.documentElement;
}
