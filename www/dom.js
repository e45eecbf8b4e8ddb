// What the page builds elements with: those of the view, and icons and buttons of its own.

import { el, setProps, svg } from "../pkg/src/view/dom.js";

export { el, setProps, svg };

/**
 * For elements that a large workflow has thousands of: `make` builds the one for a key, without listeners, and each call
 * returns a copy, which a browser makes faster than it builds.
 *
 * @returns {(key: string, ...more: any[]) => any} `more` is given to `make` after the key
 */
export function templates(make) {
  const made = new Map();
  return (key, ...more) => {
    if (!made.has(key)) made.set(key, make(key, ...more));
    return made.get(key).cloneNode(true);
  };
}

/** The same for a single element. @returns {() => any} */
export function template(make) {
  const copy = templates(make);
  return () => copy("");
}

/** @returns {any} the element with this id, whatever its kind. */
export function byId(id) {
  return document.getElementById(id);
}

const PATHS = {
  undo: "M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6",
  redo: "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
  reset: "M4 10a8 8 0 1 1 2.3 7.6M4 4v6h6",
  dice: "M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 13l5 5L20 7",
  save: "M12 4v11m-5-5l5 5 5-5M5 20h14",
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM16.5 16.5L21 21",
  open: "M4 19V6a1 1 0 0 1 1-1h4l2 3h8a1 1 0 0 1 1 1v10z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  video: "M4 6h11v12H4zM15 10l5-3v10l-5-3",
  audio:
    "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zm10-2a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  chevron: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
  input: "M3 12h11m-4-4l4 4-4 4M14 4h6v16h-6",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
  play: "M8 5l11 7-11 7z",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  expand: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  graph: "M4 4h6v5H4zM14 15h6v5h-6zM10 6.5h3a2 2 0 0 1 2 2V15",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  error: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
  ok: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.5l2.7 2.7L16 9.5",
  server: "M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01",
  swap: "M4 8h13m-4-4l4 4-4 4M20 16H7m4-4l-4 4 4 4",
  share: "M12 15V4m-4 4l4-4 4 4M5 12v8h14v-8",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
};

/** A line icon, hidden from screen readers: the button around it carries the name. */
export const icon = templates(drawIcon);

function drawIcon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}

/** A button that is only an icon; its name is also its tooltip. */
export function iconButton(name, label, onClick, props = {}) {
  const listeners = { click: onClick };
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, on: listeners, ...props },
    icon(name),
  );
}

/** A small button with an icon and a word, or the element that has it. */
export function wordButton(iconName, label, onClick) {
  return el(
    "button",
    { type: "button", class: "button small", on: { click: onClick } },
    icon(iconName),
    label,
  );
}
