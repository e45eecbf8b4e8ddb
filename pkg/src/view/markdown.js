// Markdown of strangers as elements: headings, lists, quotes, code, rules and paragraphs. What is not among these, HTML too,
// stays the text that it is. Nothing here makes markup of text.

import { el } from "./dom.js";
import { inline } from "./markdown-inline.js";

/** Deeper lists are shown at this depth. */
const MAX_DEPTH = 4;

/** The elements of a text, in one block. */
export function markdown(text) {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  const block = el("div", { class: "markdown", dir: "auto" });
  let at = 0;
  while (at < lines.length) {
    const read = BLOCKS.map((reader) => reader(lines, at)).find(Boolean) ?? paragraph(lines, at);
    if (read.element) block.append(read.element);
    at = read.next;
  }
  return block;
}

/** Each reads one kind of block at a line: `{ element, next }`, or null where another begins there. */
const BLOCKS = [blank, code, heading, rule, quote, list];

function blank(lines, at) {
  return lines[at].trim() === "" ? { element: null, next: at + 1 } : null;
}

function code(lines, at) {
  const fence = lines[at].trimStart().slice(0, 3);
  if (fence !== "```" && fence !== "~~~") return null;
  let end = at + 1;
  while (end < lines.length && !lines[end].trimStart().startsWith(fence)) end += 1;
  const content = lines.slice(at + 1, end).join("\n");
  return { element: el("pre", { class: "mono", tabindex: "0" }, el("code", {}, content)), next: end + 1 };
}

/** All stand one level below the card's: a note may begin at any. */
function heading(lines, at) {
  const match = /^(#{1,6}) (.*)$/.exec(lines[at]);
  if (!match) return null;
  const words = match[2].trim().replace(/ #+$/, "");
  return { element: el("h4", { class: `note-h${match[1].length}` }, inline(words)), next: at + 1 };
}

function rule(lines, at) {
  const marks = lines[at].replaceAll(" ", "");
  const isRule = marks.length >= 3 && ["-", "*", "_"].some((mark) => marks === mark.repeat(marks.length));
  return isRule ? { element: el("hr"), next: at + 1 } : null;
}

function quote(lines, at) {
  if (!lines[at].startsWith(">")) return null;
  let end = at;
  while (end < lines.length && lines[end].startsWith(">")) end += 1;
  const words = lines.slice(at, end).map((line) => line.slice(1).trim());
  return { element: el("blockquote", {}, inline(words.join("\n"))), next: end };
}

const ITEM = /^([ \t]{0,12})([-*+]|\d{1,9}[.)])[ \t](.*)$/;

function itemOf(line) {
  const match = ITEM.exec(line);
  if (!match) return null;
  const indent = match[1].replaceAll("\t", "  ").length;
  return {
    depth: Math.min(MAX_DEPTH, Math.floor(indent / 2)),
    ordered: match[2].length > 1,
    text: match[3].trim(),
  };
}

function list(lines, at) {
  const first = itemOf(lines[at]);
  if (!first) return null;
  const top = el(first.ordered ? "ol" : "ul");
  /** The lists that go on, the innermost last. @type {any[]} */
  const open = [{ depth: first.depth, element: top }];
  let next = at;
  while (next < lines.length) {
    const item = itemOf(lines[next]);
    if (item) addItem(open, item);
    else if (/^[ \t]+\S/.test(lines[next]))
      open.at(-1).element.lastElementChild.append(" ", ...inline(lines[next].trim()));
    else break;
    next += 1;
  }
  return { element: top, next };
}

/** Puts an item into the list of its depth, which begins under the item before where it is deeper. */
function addItem(open, { depth, ordered, text }) {
  while (open.length > 1 && depth < open.at(-1).depth) open.pop();
  const last = open.at(-1);
  if (depth > last.depth && last.element.lastElementChild) {
    const inner = el(ordered ? "ol" : "ul");
    last.element.lastElementChild.append(inner);
    open.push({ depth, element: inner });
  }
  open.at(-1).element.append(el("li", {}, inline(text)));
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && !BLOCKS.some((reader) => reader(lines, end))) end += 1;
  return { element: el("p", {}, inline(lines.slice(at, end).join("\n"))), next: end };
}
