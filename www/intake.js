// How a workflow gets in: dropped anywhere, picked, pasted, or one of the examples.

import { byId } from "./dom.js";

/**
 * Listens on the whole window. `onSource({ name, source })` gets a file's bytes or a text,
 * `onMedia(file)` a picture, video or sound that was dropped outside a field.
 */
export function setUpIntake({ onSource, onMedia }) {
  const picker = byId("file-picker");
  const openPicker = () => picker.click();

  async function take(file) {
    if (/^(image|video|audio)\//.test(file.type)) onMedia(file);
    else onSource({ name: file.name, source: file.arrayBuffer() });
  }

  byId("pick").addEventListener("click", openPicker);
  picker.addEventListener("change", () => {
    if (picker.files[0]) take(picker.files[0]);
    picker.value = "";
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-example]"))) {
    const name = `${button.dataset.example}.json`;
    button.addEventListener("click", () => onSource({ name, source: fetchExample(name) }));
  }
  setUpDrop(take);
  setUpPaste(take, (text) => onSource({ name: "Pasted workflow", source: text }));
  return { openPicker };
}

async function fetchExample(name) {
  const response = await fetch(`./examples/${name}`);
  if (!response.ok)
    throw new Error(`The example could not be loaded: the server answered ${response.status}.`);
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
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    const field = closest(event, "[data-file-drop]");
    if (field && file.type.startsWith(`${field.dataset.fileDrop}/`)) {
      field.dispatchEvent(new CustomEvent("filedrop", { detail: file }));
    } else {
      take(file);
    }
  });
}

function setUpPaste(takeFile, takeText) {
  addEventListener("paste", (event) => {
    if (closest(event, "input, textarea, [contenteditable]")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file) takeFile(file);
    else if (text.trim() !== "") takeText(text);
    else return;
    event.preventDefault();
  });
}

/** @returns {HTMLElement | null} the nearest such element around an event, which may have hit the document itself. */
function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}
