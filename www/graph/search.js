// Finding a node of the graph by its title, class or number, in whichever subgraph it is.

import { el, icon, iconButton } from "../dom.js";
import { count } from "../format.js";

/** Builds the field. `nodes()` are those to look through, `reveal(id)` shows one. */
export function createSearch({ nodes, reveal }) {
  const field = el("input", {
    type: "search",
    class: "field",
    placeholder: "Find a node",
    "aria-label": "Find a node by title, class or number",
    autocomplete: "off",
    spellcheck: "false",
    on: { input: look, keydown: pressed },
  });
  const said = el("span", { class: "muted graph-found", role: "status" });
  const next = iconButton("chevron", "Next node found", () => step(1), {
    class: "icon-button",
    hidden: true,
  });
  const element = el(
    "div",
    { class: "graph-search", role: "search", "aria-label": "Nodes" },
    el("div", { class: "search-box" }, icon("search"), field),
    said,
    next,
  );
  let found = [];
  let at = -1;

  function look() {
    found = matching(nodes(), field.value);
    at = -1;
    next.hidden = found.length < 2;
    if (found.length > 0) step(1);
    else said.textContent = field.value.trim() === "" ? "" : "No such node";
  }

  function step(by) {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    said.textContent = found.length === 1 ? "1 node" : `${at + 1} of ${count(found.length, "node")}`;
    reveal(found[at].id);
  }

  function pressed(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }

  return { element };
}

/** The nodes with all the words: those whose number it is first, then by title, then by class alone. */
export function matching(nodes, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const number = text.trim().replace(/^#/, "");
  const has = (where) => words.every((word) => where.includes(word));
  const rank = (node) => {
    if (node.id === number) return 0;
    if (has(node.title.toLowerCase())) return 1;
    return has(`${node.title}\n${node.classType ?? ""}\n#${node.id}`.toLowerCase()) ? 2 : 3;
  };
  return [0, 1, 2].flatMap((wanted) => nodes.filter((node) => rank(node) === wanted));
}
