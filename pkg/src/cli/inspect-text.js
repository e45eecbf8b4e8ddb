// An inspection as text for a person.

import { shown } from "./json.js";
import { recipeLines } from "./recipe-text.js";
import { oneLine, painter } from "./terminal.js";

const SEVERITY = { error: "red", warning: "yellow", info: "cyan" };
const MODES = { muted: " [muted]", bypassed: " [bypassed]" };
const FORMATS = { api: "API format", editor: "the editor's format" };

const MAX_VALUE = 120;
const MAX_PROMPT = 500;

/**
 * @typedef {import("viewcomfy-wasm/inspect").InspectedNode} Node
 * @param {import("viewcomfy-wasm/inspect").Inspection} told
 * @param {{ name: string, where: string | null, converted: Node[] }} source with the nodes of the converted workflow, where
 *   it is in the editor's format
 */
export function inspectionText(told, { name, where, converted }) {
  const paint = painter(process.stdout);
  const from = where === null ? "" : `, from ${oneLine(where)}`;
  const head = `${oneLine(name)}: ${FORMATS[told.format]}${from}; ${count(told.nodes.length, "node")}`;
  const sections = [
    [paint("bold", head)],
    allNodes(told, converted).flatMap((node) => nodeLines(node, paint)),
    recipeLines(told.recipes, paint),
    modelLines(told.models, paint),
    packLines(told.packs, paint),
    noteLines(told.notes, paint),
    problemLines(told.problems, paint),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

/** The nodes of a file, those that run with the inputs that they run with; a note's text stands among the notes. */
function allNodes({ nodes, notes }, converted) {
  const running = new Map(converted.map((node) => [node.id, node]));
  const noted = new Set(notes.map(({ node }) => node));
  const own = nodes.map((node) => {
    const inputs = noted.has(node.id) ? [] : (running.get(node.id)?.inputs ?? node.inputs);
    running.delete(node.id);
    return { ...node, inputs };
  });
  return [...own, ...running.values()];
}

/** A node with its values. */
export function nodeLines({ id, title, classType, mode, isOutput, inputs }, paint) {
  const name = classType === null || classType === title ? "" : ` (${oneLine(classType)})`;
  const marks = `${isOutput ? " [output]" : ""}${MODES[mode] ?? ""}`;
  // A socket of the editor's format without a link has neither key nor value.
  const values = inputs.filter(({ link, key, value }) => link === null && (key !== null || value !== null));
  const lines = values.map(({ key, name, kind, value }) => {
    const limit = kind === "long-text" ? MAX_PROMPT : MAX_VALUE;
    return `    ${oneLine(key ?? name)} = ${paint("dim", oneLine(shown(value), limit))}`;
  });
  return [`${paint("cyan", oneLine(id))}  ${oneLine(title)}${name}${marks}`, ...lines];
}

function modelLines(models, paint) {
  if (models.length === 0) return [];
  const lines = models.map(({ name, folder, url, available }) => {
    const where = folder === null ? `${oneLine(name)}  (folder not known)` : oneLine(`${folder}/${name}`);
    const missing = available === false ? paint("red", "  the server does not have it") : "";
    const from = url === null ? "" : `  ${paint("dim", oneLine(url, 300))}`;
    return `  ${where}${missing}${from}`;
  });
  return [paint("bold", "Models"), ...new Set(lines)];
}

function packLines(packs, paint) {
  if (packs.length === 0) return [];
  const lines = packs.map(({ id, repository, versions, nodes }) => {
    const saved = versions.length === 0 ? "" : ` ${oneLine(versions.join(", "))}`;
    return `  ${oneLine(id ?? repository)}${saved}  ${paint("dim", count(nodes.length, "node"))}`;
  });
  return [paint("bold", "Packs of nodes"), ...lines];
}

function noteLines(notes, paint) {
  if (notes.length === 0) return [];
  const lines = notes.map(({ node, text }) => `  ${paint("cyan", oneLine(node))}  ${oneLine(text, 300)}`);
  return [paint("bold", "Notes"), ...lines];
}

function problemLines(problems, paint) {
  if (problems.length === 0) return [paint("green", "No problems found.")];
  const lines = problems.flatMap(({ code, severity, node, input, message, advice }) => {
    const place = [node === null ? "" : `node ${node}`, input].filter(Boolean).join(", ");
    const about = place ? `${oneLine(place)}: ` : "";
    return [
      `  ${paint(SEVERITY[severity], severity)}: ${about}${oneLine(message, 500)} ${paint("dim", `[${code}]`)}`,
      `      ${oneLine(advice, 500)}`,
    ];
  });
  return [paint("bold", "Problems"), ...lines];
}

/** @param {number} number @param {string} what */
export function count(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
