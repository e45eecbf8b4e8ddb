// What a file tells of itself: its picture, how it was made, the models and packs that it needs, the author's notes.
// Loaded when that view is first opened.

import { el } from "../dom.js";
import { mediaOf } from "./media.js";
import { modelCard } from "./models.js";
import { noteCard } from "./notes.js";
import { packCard } from "./packs.js";
import { recipeCard } from "./recipe.js";

/** Builds the view of an inspected session; `showInGraph(node, input)` leads to where a fact stands. */
export function createAbout({ session, showInGraph }) {
  const { inspection } = session;
  // The editor's file tells what is not exported.
  const saved = session.saved ?? inspection;
  const media = mediaOf(session);
  const cards = [
    recipeCard(inspection.recipes, showInGraph),
    noteCard(saved.notes, titlesOf(session), showInGraph),
    modelCard(inspection.models, saved.models),
    packCard(saved.packs),
  ].filter(Boolean);
  return el(
    "div",
    { class: media ? "about has-media" : "about" },
    media,
    el("div", { class: "about-cards" }, cards.length > 0 ? cards : nothing()),
  );
}

function titlesOf({ picture, inspection }) {
  return new Map((picture ?? inspection).nodes.map(({ id, title }) => [id, title]));
}

function nothing() {
  return el(
    "div",
    { class: "card blank" },
    el("p", {}, "This file says nothing about itself: it samples nothing, names no models and has no notes."),
  );
}
