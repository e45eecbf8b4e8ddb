// The optional mask of a picture: a PNG of the same size, transparent where the picture is masked.

import { el, iconButton } from "../dom.js";

/** Makes the mask part of an image control; `onChange` is called when a mask is chosen or removed. */
export function createMaskPicker(label, onChange) {
  let mask = null;
  let image = null;
  const picker = el("input", {
    type: "file",
    accept: "image/png",
    hidden: true,
    "aria-label": `${label}, mask file`,
  });
  const add = el("button", { type: "button", class: "button small quiet" }, "Add a mask");
  add.setAttribute("aria-label", `Add a mask: ${label}`);
  add.title = "A PNG of the picture's size, transparent where the picture is masked";
  const name = el("span", { class: "muted" });
  const remove = iconButton("close", `Remove the mask of ${label}`, () => set(null));
  const problem = el("p", { class: "problem", role: "status" });
  const element = el("div", { class: "mask" }, add, name, remove, problem, picker);

  add.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    if (picker.files[0]) set(picker.files[0]);
    picker.value = "";
  });

  function set(file) {
    mask = file;
    render();
    onChange();
  }

  async function render() {
    element.hidden = image === null;
    add.hidden = mask !== null;
    remove.hidden = mask === null;
    name.textContent = mask ? `Mask: ${mask.name}` : "";
    problem.textContent = "";
    if (image && mask) problem.textContent = await mismatch(image, mask);
  }

  return {
    element,
    file: () => mask,
    clear() {
      mask = null;
    },
    /** Shown only beside a picture of the person's own. */
    offer(file) {
      image = file;
      render();
    },
  };
}

/** What is wrong with a mask, as a sentence; empty when it fits. */
async function mismatch(image, mask) {
  const sizes = await Promise.all([sizeOf(image), sizeOf(mask)]);
  if (sizes.includes(null)) return "The mask cannot be read as a picture; a PNG is needed.";
  const [picture, cover] = sizes;
  if (picture.width === cover.width && picture.height === cover.height) return "";
  return `The mask is ${cover.width} × ${cover.height}, the picture ${picture.width} × ${picture.height}: they need the same size.`;
}

async function sizeOf(blob) {
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    return null;
  }
}
