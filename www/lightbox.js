// A picture at full size, over the page.

import { byId, el, iconButton } from "./dom.js";

/** Opens a picture that is already loaded; Escape, a press beside it or the button closes it. */
export function openLightbox(image) {
  const dialog = byId("lightbox");
  const close = () => dialog.close();
  dialog.replaceChildren(
    iconButton("close", "Close", close),
    el("img", { src: image.src, alt: image.alt, width: image.naturalWidth, height: image.naturalHeight }),
  );
  dialog.onclick = (event) => event.target === dialog && close();
  dialog.showModal();
}
