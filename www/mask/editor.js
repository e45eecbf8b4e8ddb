// Paints a mask over a picture, in a window over the page, at the picture's own size.

import { el } from "../dom.js";
import { maskPng } from "./png.js";
import { createSheet } from "./sheet.js";
import { createTools } from "./tools.js";

/**
 * Opens the editor; `mask` is what was painted or chosen before, or null. Resolves with the mask's file, or null where the person
 * left without one. Rejects when the picture cannot be drawn.
 *
 * @param {{ image: File, mask: Blob | null, label: string }} what
 * @returns {Promise<File | null>}
 */
export async function paintMask({ image, mask, label }) {
  const picture = await createImageBitmap(image);
  const before = mask && (await createImageBitmap(mask));
  try {
    const png = await edited({ picture, before, label });
    return png && new File([png], maskName(image.name), { type: "image/png" });
  } finally {
    picture.close();
    before?.close();
  }
}

function maskName(name) {
  const dot = name.lastIndexOf(".");
  return `${dot > 0 ? name.slice(0, dot) : name}-mask.png`;
}

/** @returns {Promise<Blob | null>} */
function edited({ picture, before, label }) {
  const { width, height } = picture;
  const sheet = createSheet({ picture, label, onChange: () => tools.update() });
  const tools = createTools(sheet, Math.max(4, Math.min(width, height) / 10));
  const problem = el("span", { class: "problem", role: "alert" });
  const dialog = el(
    "dialog",
    {
      class: "viewer mask-editor",
      "aria-label": `Paint the mask of ${label}`,
      on: { keydown: tools.pressed },
    },
    tools.element,
    el("div", { class: "mask-frame" }, sheet.element),
    el(
      "div",
      { class: "lightbox-foot" },
      el(
        "span",
        { class: "muted mask-hint" },
        `${width} × ${height}. What is painted is masked.`,
        el(
          "span",
          { class: "for-mouse" },
          " Arrow keys move the brush, Space paints, [ and ] change its size.",
        ),
      ),
      problem,
      el("button", { type: "button", class: "button small", on: { click: () => dialog.close() } }, "Cancel"),
      el("button", { type: "button", class: "button small primary", on: { click: use } }, "Use this mask"),
    ),
  );
  if (before) sheet.add({ kind: "image", image: before });
  tools.update();
  let png = null;

  async function use() {
    try {
      png = await maskPng(picture, sheet.cover);
      dialog.close();
    } catch {
      problem.textContent = "The browser has no memory for a mask of this size.";
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  sheet.element.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(png);
    });
  });
}
