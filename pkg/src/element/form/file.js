// A picture, video or sound: a file of the person's, with its preview, or the name of one that the server has.

import { createMaskPicker } from "../../view/mask/picker.js";
import { isDrawing } from "../../view/shown-address.js";
import { button, el } from "../dom.js";
import { fileSize } from "../format.js";
import { say } from "../strings.js";

/**
 * @param {{ label: string, words: import("viewcomfy-wasm/element").ElementStrings }} context
 * @param {"image" | "video" | "audio"} media
 * @param {boolean} masked whether a mask may be given along
 */
export function fileControl({ label, words }, media, masked) {
  const onServer = el("input", {
    type: "text",
    part: "input",
    dir: "auto",
    "aria-label": say(words.serverFile, { field: label }),
    autocomplete: "off",
    spellcheck: "false",
  });
  const chosen = picker(say(words.chooseFile, { field: label }), media);
  const removeButton = (name, press) => button("×", press, { "aria-label": name });
  const mask = masked ? createMaskPicker({ label, words, onChange: tellChange, removeButton }) : heldMask();
  const shown = el("div", { class: "chosen", hidden: true });
  const element = el("div", { class: "file" }, onServer, chosen.input, shown, mask.element);
  let address = "";
  mask.offer(null);
  chosen.input.addEventListener("change", () => update());

  /** Shows the file; a mask stays with it as long as it fits. */
  function update(known = mask.file()) {
    URL.revokeObjectURL(address);
    const { file } = chosen;
    onServer.hidden = file !== null;
    shown.hidden = file === null;
    mask.offer(file, file && known);
    if (file === null) return;
    address = URL.createObjectURL(file);
    const remove = button("×", forget, { "aria-label": say(words.removeFile, { field: label }) });
    const fact = say(words.chosenFile, {
      name: file instanceof File ? file.name : "",
      size: fileSize(file.size),
    });
    shown.replaceChildren(previewOf(file, address), el("p", { dir: "auto" }, fact), remove);
  }

  function forget() {
    chosen.clear();
    update(null);
    chosen.input.focus();
    tellChange();
  }

  /** What programs change in a field, the browser does not tell. */
  function tellChange() {
    element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }

  function read() {
    const { file } = chosen;
    if (file === null) return onServer.value === "" ? null : onServer.value;
    const cover = mask.file();
    return cover === null ? file : { image: file, mask: cover };
  }

  function show(value) {
    chosen.clear();
    chosen.file = value?.image ?? (value instanceof Blob ? value : null);
    onServer.value = typeof value === "string" ? value : "";
    update(value?.mask ?? null);
  }

  return {
    element,
    field: chosen.input,
    read,
    show,
    leave: () => URL.revokeObjectURL(address),
    back: () => update(),
  };
}

/** A mask that a program gave to a field without a control for one. */
function heldMask() {
  let held = null;
  return { element: null, file: () => held, offer: (_image, mask = null) => (held = mask) };
}

/** A file input, whose file may also come from a program. */
function picker(name, media) {
  const input = el("input", { type: "file", part: "input", accept: `${media}/*`, "aria-label": name });
  const picked = { input, file: /** @type {Blob | null} */ (null), clear };
  input.addEventListener("change", () => {
    picked.file = input.files?.[0] ?? null;
  });
  function clear() {
    input.value = "";
    picked.file = null;
  }
  return picked;
}

/** Nothing but pictures, video and sound is shown, each by what plays it; a drawing's address would be a document of this page. */
function previewOf(file, src) {
  if (isDrawing(file)) return "";
  const [kind] = file.type.split("/");
  if (kind === "video") return el("video", { src, muted: true, controls: true, playsinline: true });
  if (kind === "audio") return el("audio", { src, controls: true });
  return el("img", { src, alt: "" });
}
