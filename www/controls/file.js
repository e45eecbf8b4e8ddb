// A picture, video or sound: a file of the person's, with its preview, or the name of one the server has.

import { createMaskPicker } from "../../pkg/src/view/mask/picker.js";
import { MASK_WORDS } from "../../pkg/src/view/mask/words.js";
import { isDrawing } from "../../pkg/src/view/shown-address.js";
import { el, icon, iconButton } from "../dom.js";
import { fileSize } from "../format.js";
import { laterStyle } from "../later-style.js";

export function fileControl(context) {
  const { input, changes } = context;
  let file = null;
  let previewUrl = null;

  const picker = el("input", {
    type: "file",
    accept: `${input.media}/*`,
    hidden: true,
    "aria-label": `${input.label}, file`,
    on: { change: () => picker.files[0] && choose(picker.files[0]) },
  });
  const preview = el("div", { class: "preview" }, icon(input.media));
  const choosing = el("button", {
    type: "button",
    class: "button small",
    on: { click: () => picker.click() },
  });
  choosing.append(
    `Choose ${input.media === "image" ? "a picture" : input.media === "video" ? "a video" : "a sound"}`,
  );
  choosing.setAttribute("aria-label", `${choosing.textContent}: ${input.label}`);
  const fact = el("p", { class: "file-fact muted" });
  const name = el("input", {
    id: context.id,
    class: "field",
    type: "text",
    "aria-label": `${input.label}, name of a file on the server`,
    title: "A file the server already has",
    autocomplete: "off",
    spellcheck: "false",
    value: input.value,
    on: { input: named },
  });
  const remove = iconButton("close", `Remove the file of ${input.label}`, () => {
    changes.reset(input.key);
    choosing.focus();
  });
  const mask = input.media === "image" ? maskPicker(input.label, send) : null;
  const element = el(
    "div",
    { class: "file", dataset: { fileDrop: input.media } },
    preview,
    el(
      "div",
      { class: "file-side" },
      el("div", { class: "file-actions" }, choosing, remove),
      name,
      fact,
      mask?.element,
    ),
    picker,
  );
  // The page's drop handling finds the control by its element and hands the file over.
  element.addEventListener("filedrop", (event) => choose(event.detail));

  function choose(chosen) {
    file = chosen;
    picker.value = "";
    send();
  }

  function send() {
    const masked = mask?.file();
    changes.set(input.key, masked ? { image: file, mask: masked } : file);
  }

  function named() {
    if (name.value === input.value) changes.setOwn(input.key, input.value, name);
    else changes.set(input.key, name.value, name);
  }

  function show(value) {
    file = fileIn(value);
    name.hidden = file !== null;
    remove.hidden = file === null;
    if (file === null) name.value = value ?? input.value;
    mask?.offer(file, value?.mask instanceof Blob ? value.mask : null);
    fact.textContent = file
      ? `${file.name} · ${fileSize(file.size)}`
      : "A file the server has, or drop one here.";
    showPreview();
  }

  function showPreview() {
    if (previewUrl) URL.revokeObjectURL(previewUrl);
    // A drawing is not a picture that ComfyUI reads, and its address is not for opening.
    const isShown = file !== null && !isDrawing(file);
    previewUrl = isShown ? URL.createObjectURL(file) : null;
    preview.replaceChildren(isShown ? mediaElement(file, previewUrl, fact) : icon(input.media));
  }

  show(undefined);
  return { element, field: name, show };
}

function maskPicker(label, onChange) {
  const removeButton = (name, press) => iconButton("close", name, press);
  return createMaskPicker({ label, words: MASK_WORDS, onChange, removeButton, prepare: laterStyle });
}

function fileIn(value) {
  if (value instanceof Blob) return value;
  return value?.image instanceof Blob ? value.image : null;
}

function mediaElement(file, url, fact) {
  const kind = file.type.split("/")[0];
  if (kind === "video") return el("video", { src: url, muted: true, controls: true, playsinline: true });
  if (kind === "audio") return el("audio", { src: url, controls: true });
  const image = el("img", { src: url, alt: `Preview of ${file.name}` });
  image.addEventListener("load", () => {
    fact.textContent = `${file.name} · ${image.naturalWidth} × ${image.naturalHeight} · ${fileSize(file.size)}`;
  });
  return image;
}
