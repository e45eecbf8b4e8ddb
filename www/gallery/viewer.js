// A window over the whole page, made when it opens and gone when it closes.

import { el, iconButton } from "../dom.js";

/** Opens it with what it shows; `onClose` is called once. The focus goes back to where it was. */
export function openViewer({ label, title, body, foot = null, onClose }) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { class: "viewer over-page", "aria-label": label },
    el(
      "div",
      { class: "lightbox-head" },
      el("h2", { tabindex: "-1" }, title),
      iconButton("close", "Close", close),
    ),
    body,
    foot,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
