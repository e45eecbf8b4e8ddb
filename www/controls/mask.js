// The optional mask of a picture: painted here, or a file of the picture's size that is transparent where it is masked.

import { el, iconButton } from "../dom.js";
import { laterStyle } from "../later-style.js";

/** Makes the mask part of an image control; `onChange` is called when a mask is there, another one, or gone. */
export function createMaskPicker(label, onChange) {
  let mask = null;
  let image = null;
  let turn = 0;
  const picker = el("input", {
    type: "file",
    accept: "image/png",
    hidden: true,
    "aria-label": `${label}, mask file`,
  });
  const paint = button("Paint a mask", `Paint a mask: ${label}`, paintIt);
  const choose = button("or choose a file", `Choose a mask's file: ${label}`, () => picker.click());
  choose.title = "A PNG of the picture's size, transparent where the picture is masked";
  const name = el("bdi", { class: "muted mask-name" });
  const remove = iconButton("close", `Remove the mask of ${label}`, () => set(null));
  const problem = el("p", { class: "problem", role: "status" });
  const element = el("div", { class: "mask" }, name, paint, choose, remove, problem, picker);

  picker.addEventListener("change", () => {
    if (picker.files[0]) offerMask(picker.files[0]);
    picker.value = "";
  });

  async function paintIt() {
    paint.disabled = true;
    problem.textContent = "";
    try {
      const [{ paintMask }] = await Promise.all([import("../mask/editor.js"), laterStyle()]);
      const painted = await paintMask({ image, mask, label });
      if (painted) set(painted);
    } catch {
      problem.textContent = "This picture cannot be painted on here; a mask can be chosen as a file.";
    }
    paint.disabled = false;
    paint.focus();
  }

  /** A file becomes the mask only where it fits the picture: the server would refuse it, or mask something else. */
  async function offerMask(file) {
    turn += 1;
    const mine = turn;
    const words = await mismatch(image, file);
    if (mine !== turn) return;
    if (words === "") return set(file);
    set(null);
    problem.textContent = words;
  }

  function set(file) {
    turn += 1;
    const isOther = file !== mask;
    mask = file;
    render();
    if (isOther) onChange();
  }

  function render() {
    element.hidden = image === null;
    paint.textContent = mask ? "Paint on" : "Paint a mask";
    choose.hidden = mask !== null;
    remove.hidden = mask === null;
    name.textContent = mask ? `Mask: ${mask.name}` : "";
    problem.textContent = "";
  }

  /** Another picture may be of another size. */
  async function checkAgain() {
    turn += 1;
    const mine = turn;
    const words = await mismatch(image, mask);
    if (mine !== turn || words === "") return;
    set(null);
    problem.textContent = words;
  }

  return {
    element,
    file: () => mask,
    /** Shown only beside a picture of the person's own. */
    offer(file, known = null) {
      const isOther = file !== image;
      image = file;
      mask = known;
      // Words about a file that did not fit stay as long as its picture does.
      const words = isOther ? "" : problem.textContent;
      render();
      problem.textContent = words;
      if (isOther && image && mask) checkAgain();
    },
  };
}

function button(words, label, onClick) {
  return el(
    "button",
    { type: "button", class: "button small quiet", "aria-label": label, on: { click: onClick } },
    words,
  );
}

/** What is wrong with a mask, as a sentence; empty when it fits. */
async function mismatch(image, mask) {
  const sizes = await Promise.all([sizeOf(image), sizeOf(mask)]);
  if (sizes[1] === null) return "The mask cannot be read as a picture; a PNG is needed.";
  // A picture that only the server can read is the server's to compare.
  if (sizes[0] === null) return "";
  const [picture, cover] = sizes;
  if (picture.width === cover.width && picture.height === cover.height) return "";
  return `The mask is ${cover.width} × ${cover.height}, the picture ${picture.width} × ${picture.height}: they need the same size. It was not taken.`;
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
