// Paints a mask over a picture, in a window over the page, at the picture's own size.

import { el } from "../dom.js";
import { say } from "../say.js";
import { maskPng } from "./png.js";
import { createSheet } from "./sheet.js";
import { createTools } from "./tools.js";

/**
 * Opens the editor; `mask` is what was painted or chosen before, or null. Resolves with the mask's file, or null where the person
 * left without one. Rejects when the picture cannot be drawn.
 *
 * @param {object} what
 * @param {Blob} what.image
 * @param {Blob | null} what.mask
 * @param {string} what.label
 * @param {typeof import("./words.js").MASK_WORDS} what.words
 * @param {Node} what.place the body of the page, or the shadow tree that has the styles
 * @returns {Promise<File | null>}
 */
export async function paintMask({ image, mask, label, words, place }) {
  const picture = await createImageBitmap(image);
  const before = mask && (await createImageBitmap(mask));
  try {
    const png = await edited({ picture, before, label, words, place });
    return png && new File([png], maskName(image), { type: "image/png" });
  } finally {
    picture.close();
    before?.close();
  }
}

function maskName(image) {
  const name = image instanceof File ? image.name : "picture";
  const dot = name.lastIndexOf(".");
  return `${dot > 0 ? name.slice(0, dot) : name}-mask.png`;
}

/** @returns {Promise<Blob | null>} */
function edited({ picture, before, label, words, place }) {
  const { width, height } = picture;
  const sheet = createSheet({ picture, label, words, onChange: () => tools.update(), told });
  const tools = createTools(sheet, words, Math.max(4, Math.min(width, height) / 10));
  // What is outside of a dialog is not read out while it is open.
  const heard = el("p", { class: "mask-heard", role: "status" });
  const problem = el("span", { class: "problem", role: "alert" });
  const dialog = el(
    "dialog",
    {
      class: "mask-editor over-page",
      "aria-label": say(words.maskEditor, { field: label }),
      // The size of the brush is nothing that was typed into a form.
      on: { keydown: tools.pressed, input: stay, change: stay },
    },
    tools.element,
    el("div", { class: "mask-frame" }, sheet.element),
    el(
      "div",
      { class: "mask-foot" },
      el(
        "span",
        { class: "muted mask-hint" },
        say(words.maskHint, { size: say(words.pixels, { width, height }) }),
        el("span", { class: "for-mouse" }, ` ${words.maskKeys}`),
      ),
      problem,
      el(
        "button",
        { type: "button", class: "button small", on: { click: () => dialog.close() } },
        words.leaveMask,
      ),
      el("button", { type: "button", class: "button small primary", on: { click: use } }, words.useMask),
    ),
    heard,
  );
  if (before) sheet.add({ kind: "image", image: before });
  tools.update();
  let png = null;

  function told(sentence) {
    heard.textContent = sentence;
  }

  async function use() {
    try {
      png = await maskPng(picture, sheet.cover);
      dialog.close();
    } catch {
      problem.textContent = words.maskTooLarge;
    }
  }

  place.append(dialog);
  dialog.showModal();
  sheet.element.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(png);
    });
  });
}

function stay(event) {
  event.stopPropagation();
}
