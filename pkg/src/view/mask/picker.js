// The optional mask of a picture: painted here, or a file of the picture's size that is transparent where it is masked.

import { el } from "../dom.js";
import { say } from "../say.js";

/**
 * Makes the mask part of an image control.
 *
 * @param {object} what
 * @param {string} what.label of the control
 * @param {typeof import("./words.js").MASK_WORDS} what.words
 * @param {() => void} what.onChange is called when a mask is there, another one, or gone
 * @param {(name: string, press: () => void) => HTMLElement} what.removeButton
 * @param {() => Promise<unknown> | void} [what.prepare] loads what the editor needs besides
 */
export function createMaskPicker({ label, words, onChange, removeButton, prepare }) {
  const field = { field: label };
  let mask = null;
  let image = null;
  let turn = 0;
  const picker = el("input", {
    type: "file",
    accept: "image/png",
    hidden: true,
    "aria-label": say(words.maskFile, field),
  });
  const paint = button(paintIt);
  const choose = button(() => picker.click());
  named(choose, words.chooseMask);
  choose.title = words.chooseMaskHelp;
  const name = el("bdi", { class: "muted mask-name" });
  const remove = removeButton(say(words.removeMask, field), () => {
    set(null);
    paint.focus();
  });
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
      const [{ paintMask }] = await Promise.all([import("./editor.js"), prepare?.()]);
      const root = element.getRootNode();
      const painted = await paintMask({ image, mask, label, words, place: root.body ?? root });
      if (painted) set(painted);
    } catch {
      problem.textContent = words.notPaintable;
    }
    paint.disabled = false;
    paint.focus();
  }

  /** A file becomes the mask only where it fits the picture: the server would refuse it, or mask something else. */
  async function offerMask(file) {
    turn += 1;
    const mine = turn;
    const refused = await mismatch(image, file, words);
    if (mine !== turn) return;
    if (refused === "") return set(file);
    set(null);
    problem.textContent = refused;
  }

  function set(file) {
    turn += 1;
    const isOther = file !== mask;
    mask = file;
    render();
    if (isOther) onChange();
  }

  /** Its name begins with what it shows: who speaks to the computer says that. */
  function named(each, word) {
    each.textContent = word;
    each.setAttribute("aria-label", `${word}: ${label}`);
  }

  function render() {
    element.hidden = image === null;
    named(paint, mask ? words.paintMaskOn : words.paintMask);
    choose.hidden = mask !== null;
    remove.hidden = mask === null;
    name.textContent = mask ? say(words.chosenMask, { name: mask.name ?? "" }) : "";
    problem.textContent = "";
  }

  /** Another picture may be of another size. */
  async function checkAgain() {
    turn += 1;
    const mine = turn;
    const refused = await mismatch(image, mask, words);
    if (mine !== turn || refused === "") return;
    set(null);
    problem.textContent = refused;
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
      const refused = isOther ? "" : problem.textContent;
      render();
      problem.textContent = refused;
      if (isOther && image && mask) checkAgain();
    },
  };
}

function button(onClick) {
  return el("button", { type: "button", class: "button small quiet", on: { click: onClick } });
}

/** What is wrong with a mask, as a sentence; empty when it fits. */
async function mismatch(image, mask, words) {
  const sizes = await Promise.all([sizeOf(image), sizeOf(mask)]);
  if (sizes[1] === null) return words.unreadableMask;
  // A picture that only the server can read is the server's to compare.
  if (sizes[0] === null) return "";
  const [picture, cover] = sizes;
  if (picture.width === cover.width && picture.height === cover.height) return "";
  return say(words.maskOfOtherSize, { mask: say(words.pixels, cover), picture: say(words.pixels, picture) });
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
