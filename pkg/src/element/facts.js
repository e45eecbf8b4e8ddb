// What a workflow's file tells: how its outputs are made, the values of its nodes, the models it needs, the notes in it.

import { jsonText } from "../json.js";
import { webAddress } from "../view/dom.js";
import { noteText } from "../view/note.js";
import { recipeFacts } from "../view/recipe-facts.js";
import { bdi, el } from "./dom.js";
import { say } from "./strings.js";

/** The sections for what there is, and `open(id)`, which shows a node's values. */
export function createFacts({ recipes, nodes, models, notes }, words) {
  const rows = new Map(
    nodes.filter((node) => node.inputs.length > 0).map((node) => [node.id, nodeRow(node)]),
  );
  const titles = new Map(nodes.map((node) => [node.id, node.title]));
  const written = notes.filter(({ text }) => text.trim() !== "");
  const elements = [
    section("recipe", recipes.length > 0 && recipeList(recipes)),
    section("models", models.length > 0 && el("ul", { class: "list" }, models.map(modelRow))),
    section(
      "notes",
      written.length > 0 && written.map((note) => el("div", { class: "note" }, noteText(note))),
    ),
    section("parameters", rows.size > 0 && el("div", { class: "nodes" }, [...rows.values()])),
  ].filter(Boolean);

  function section(name, content) {
    return (
      content && el("section", { part: name, "aria-label": words[name] }, el("h3", {}, words[name]), content)
    );
  }

  /** Outputs that come from the same stages are told once. */
  function recipeList(list) {
    const stages = new Set(list.flatMap((recipe) => recipe.stages));
    return [...stages].map((stage) => factList(factsOf(stage, words)));
  }

  /** The values of a node are made when they are first looked at: there may be thousands. */
  function nodeRow(node) {
    const details = el(
      "details",
      {
        part: "node",
        on: { toggle: () => details.childElementCount === 1 && details.append(valuesOf(node)) },
      },
      el("summary", {}, bdi(node.title), ` · ${node.id}`),
    );
    return details;
  }

  function valuesOf({ inputs }) {
    return factList(
      inputs.map(({ name, link, value }) => [name, [link ? fromNode(link) : valueText(value)]]),
    );
  }

  function fromNode({ node }) {
    return say(words.linkedFrom, { node: `${titles.get(node) ?? ""} · ${node}` });
  }

  function modelRow({ name, folder, url, available }) {
    const address = webAddress(url);
    const link = {
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": `${words.download}: ${name}`,
    };
    return el(
      "li",
      {},
      el("code", { dir: "auto" }, folder === null ? name : `${folder}/${name}`),
      address !== null && [" ", el("a", link, words.download)],
      available === false && [" ", words.missing],
    );
  }

  function open(id) {
    const row = rows.get(id);
    if (!row) return;
    row.open = true;
    row.querySelector("summary").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  return { elements, open };
}

function factList(facts) {
  return el(
    "dl",
    { class: "facts" },
    facts
      .filter(([, values]) => values.length > 0)
      .flatMap(([name, values]) => [el("dt", {}, bdi(name)), el("dd", {}, bdi(values.join("\n")))]),
  );
}

/** Several of a kind stand below one another; the sampler and its scheduler in one line. */
function factsOf(stage, words) {
  return recipeFacts(stage).map(([name, facts]) => {
    const values = facts.map(({ value }) => String(value));
    return [words[name], name === "sampler" ? [values.join(", ")] : values];
  });
}

function valueText(value) {
  if (typeof value === "string") return value;
  return jsonText(value, { fail: (what) => new Error(what), infinite: true, words: true });
}
