// Buttons that stand in a row where there is room. Elsewhere "More" opens them as a list.

import { el } from "./dom.js";

/** Makes the group; `list` is where its buttons are. */
export function moreMenu(buttons) {
  const list = el("div", { class: "more-list", id: "more-list", on: { click: () => close() } }, buttons);
  const opener = el(
    "button",
    {
      type: "button",
      class: "button small more-button",
      "aria-expanded": "false",
      "aria-controls": "more-list",
      on: { click: () => (isOpen() ? close() : open()) },
    },
    "More",
  );
  const element = el("div", { class: "more-menu", on: { keydown: pressed, focusout: left } }, opener, list);

  function isOpen() {
    return list.classList.contains("open");
  }

  function open() {
    setOpen(true);
    document.addEventListener("pointerdown", pressedBeside);
  }

  function close() {
    if (!isOpen()) return;
    if (list.contains(document.activeElement)) opener.focus();
    setOpen(false);
    document.removeEventListener("pointerdown", pressedBeside);
  }

  function setOpen(opened) {
    list.classList.toggle("open", opened);
    opener.setAttribute("aria-expanded", String(opened));
  }

  function pressedBeside({ target }) {
    if (!element.contains(target)) close();
  }

  function left({ relatedTarget }) {
    if (relatedTarget && !element.contains(relatedTarget)) close();
  }

  function pressed(event) {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault();
    event.stopPropagation();
    opener.focus();
    close();
  }

  return { element, list };
}
