// Several files at once: each with what was found in it, to open one or compare two.

import { byId, el, icon, iconButton } from "./dom.js";

const WORDS = {
  api: "workflow",
  editor: "not converted",
  design: "form",
  definitions: "object_info",
  nothing: "no workflow in it",
  failed: "cannot be read",
};

/** Shows the files of one drop; `open(at)` and `compare(a, b)` are asked for by their places in the list. */
export function showShelf(files, { open, compare, close }) {
  let chosen = null;
  let pair = null;
  const bar = byId("shelf");
  render();

  function render() {
    // A diff of the only two names both itself.
    if (pair !== null && files.length === 2) {
      bar.replaceChildren();
      return;
    }
    const runnable = files.flatMap((file, at) => (file.kind === "api" ? [at] : []));
    const [first, second] = pair ?? comparable(runnable);
    bar.replaceChildren(
      el(
        "div",
        { class: "shelf", role: "group", "aria-label": "Files" },
        files.map((file, at) => chip(file, at)),
        second !== undefined &&
          el(
            "button",
            {
              type: "button",
              class: "chip shelf-compare",
              "aria-pressed": String(pair !== null && chosen === null),
              on: { click: () => compare(first, second) },
            },
            icon("swap"),
            ...(runnable.length === 2 ? ["Compare both"] : compareWith(files[first].name)),
          ),
        iconButton("close", "Put the files away", close),
      ),
    );
  }

  /** The open one with the next, or the first two. */
  function comparable(runnable) {
    if (chosen === null || !runnable.includes(chosen)) return runnable;
    const other = runnable.find((at) => at !== chosen);
    return other === undefined ? [] : [other, chosen];
  }

  function chip(file, at) {
    const usable = file.kind === "api" || file.kind === "editor";
    return el(
      "button",
      {
        type: "button",
        class: `chip shelf-file shelf-${file.kind}`,
        "aria-pressed": String(chosen === at || (chosen === null && (pair?.includes(at) ?? false))),
        disabled: !usable,
        on: { click: () => open(at) },
      },
      el("span", { class: "shelf-name" }, file.name),
      el("span", { class: "shelf-kind" }, file.conversion ? "workflow, converted" : WORDS[file.kind]),
    );
  }

  return {
    opened(at) {
      chosen = at;
      pair = null;
      render();
    },
    compared(a, b) {
      chosen = null;
      pair = [a, b];
      render();
    },
  };
}

/** However long the name is, the words before it stay on one line. */
function compareWith(name) {
  return [el("span", {}, "Compare with "), el("bdi", { class: "shelf-name" }, name)];
}

export function clearShelf() {
  byId("shelf").replaceChildren();
}
