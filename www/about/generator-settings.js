// What another program wrote about its picture, as facts: AUTOMATIC1111's lines, as ComfyUI's page reads them, and NovelAI's
// JSON. It is not a workflow, and still tells how the picture was made.

import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { mediaElement } from "./media.js";

const NEGATIVE = "Negative prompt:";
const MAX_FACTS = 60;

/** The picture beside its facts; `parse` reads JSON without rounding. */
export function settingsView({ file, format, name, settings }, parse) {
  const facts = factsOf(settings, parse).slice(0, MAX_FACTS);
  const rows = facts.flatMap(([label, value]) => [el("dt", {}, label), el("dd", { dir: "auto" }, value)]);
  return el(
    "div",
    { class: "settings-found" },
    mediaElement(file, format, name) ?? el("span"),
    el(
      "div",
      {},
      el("dl", { class: "recipe" }, rows),
      copyButton("Copy as it stands", () => settings.text),
    ),
  );
}

/** `[name, value]` of each fact. */
export function factsOf({ generator, text }, parse) {
  return generator === "novelai" ? ofNovelAi(text, parse) : ofLines(text);
}

/** Prompt, "Negative prompt: …" and at the end "Steps: 20, Sampler: Euler a, …". */
function ofLines(text) {
  const lines = text.split(/\r?\n/);
  const settings = lines.findLastIndex((line) => line.trimStart().startsWith("Steps:"));
  const words = settings < 0 ? lines : lines.slice(0, settings);
  const negative = words.findIndex((line) => line.startsWith(NEGATIVE));
  const positive = (negative < 0 ? words : words.slice(0, negative)).join("\n").trim();
  const unwanted = negative < 0 ? "" : words.slice(negative).join("\n").slice(NEGATIVE.length).trim();
  const named = settings < 0 ? [] : pairs(lines[settings]);
  return [["Prompt", positive], ["Not wanted", unwanted], ...named].filter(([, value]) => value !== "");
}

/** `Name: value, Name: "a, b", …`: a comma within quotes separates nothing. */
function pairs(line) {
  const found = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (at < line.length && (line[at] !== "," || quoted)) continue;
    const part = line.slice(start, at);
    const colon = part.indexOf(":");
    if (colon > 0) found.push([part.slice(0, colon).trim(), part.slice(colon + 1).trim()]);
    start = at + 1;
  }
  return found;
}

const NOVELAI = { prompt: "Prompt", uc: "Not wanted", scale: "CFG" };

function ofNovelAi(text, parse) {
  let read;
  try {
    read = parse(text);
  } catch {
    return [["Text", text]];
  }
  return Object.entries(read ?? {}).flatMap(([key, value]) => {
    if (value === null || typeof value === "object" || value === "") return [];
    return [[NOVELAI[key] ?? key, String(value)]];
  });
}
