// The documentation of a parameter: node, present value, range. Whatever a title or a value holds, the comment stays
// one: it ends where it should, has no tags, and shows the text as it is.

import { shown } from "./json.js";
import { choicesOf } from "./value-type.js";

const MAX_VALUE = 160;
const MAX_TITLE = 80;
const MAX_TOOLTIP = 300;
const WIDTH = 110;

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedNode} node
 * @param {import("viewcomfy-wasm/inspect").InspectedInput} input
 * @param {Map<string, import("viewcomfy-wasm/inspect").InspectedNode>} nodes all of them, by id
 */
export function docOf(node, input, nodes) {
  const paragraphs = [`Node ${named(node)}.`, now(input, nodes), limits(input), tooltip(input)].filter(
    Boolean,
  );
  const lines = paragraphs.flatMap((text, at) => [...(at > 0 ? [""] : []), ...wrapped(text)]);
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */`;
}

function named({ id, title, classType }) {
  const name = classType === null || classType === title ? "" : ` (${plain(classType)})`;
  return `${plain(id)}, ${plain(title)}${name}`;
}

function now(input, nodes) {
  const { link, value } = input;
  if (link === null)
    return `Now: ${code(value)}${isStrange(input) ? ", which is not among the server's choices" : ""}.`;
  const output = link.output === null ? "an output" : `output ${link.output}`;
  const from = nodes.get(link.node);
  return `Now: ${output} of node ${from ? named(from) : `${plain(link.node)}, which is missing`}.`;
}

function isStrange(input) {
  const choices = choicesOf(input);
  return choices !== null && !choices.includes(input.value);
}

function limits(input) {
  const { min, max, step, default: initial } = input;
  const range = [
    min === null ? "" : `from ${min}`,
    max === null ? "" : `${min === null ? "up " : ""}to ${max}`,
    step === null ? "" : `in steps of ${step}`,
  ].filter(Boolean);
  const sentences = range.length > 0 ? [`${range.join(" ")}.`] : [];
  if (initial !== null) sentences.push(`By default ${code(initial)}.`);
  const text = sentences.join(" ");
  return text && text[0].toUpperCase() + text.slice(1);
}

function tooltip({ tooltip: text }) {
  return text ? plain(text, MAX_TOOLTIP) : "";
}

/** A value as a code span of JSON: what would end the span or the comment is written as an escape of JSON's. */
function code(value) {
  const isLong = typeof value === "string" && value.length > MAX_VALUE;
  const json = shown(isLong ? `${cut(value, MAX_VALUE)}…` : value);
  const short = json.length > 2 * MAX_VALUE ? `${cut(json, MAX_VALUE)}…` : json;
  return `\`${escapes(short.replaceAll("`", "\\u0060").replaceAll("*/", "*\\/"))}\``;
}

/** Text of others as Markdown that shows it, on one line and without a tag. */
function plain(text, limit = MAX_TITLE) {
  const line = text.replace(/\s+/g, " ").trim();
  const short = line.length > limit ? `${cut(line, limit)}…` : line;
  return escapes(
    short.replace(/[\\`*[\]<>@{}~|]|(?<![^\W_])_|_(?![^\W_])/g, "\\$&").replaceAll("*/", "*\\/"),
  );
}

/** Not through the middle of a letter. */
function cut(text, length) {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** What an editor does not show, or shows in another order. */
function escapes(text) {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a source file.
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Lines of a readable length; a code span stays whole and behind its word, and no line begins as a heading or a list does. */
function wrapped(text) {
  const words = text.match(/`[^`]*`\S*|\S+/g) ?? [];
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= WIDTH;
    if (fits || (last !== undefined && /^(?:[`\-+#=]|\d+[.)])/.test(word)))
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
