// Emphasis, code and links within a line of Markdown. Each text is walked through once, whatever is in it.

import { el, webAddress } from "./dom.js";

/** What opens and closes a span, the longer marks first. */
const SPANS = [
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "del"],
  ["*", "em"],
  ["_", "em"],
];
/** Emphasis within emphasis is followed so far. */
const MAX_DEPTH = 4;
const MAX_LINK = 2000;

/** The nodes of a text: strings and elements. */
export function inline(text, depth = 0) {
  const closes = closingPlaces(text);
  const nodes = [];
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    const read = depth > MAX_DEPTH ? null : readAt(text, at, closes, depth);
    if (!read) {
      at += 1;
      continue;
    }
    if (plain < at) nodes.push(text.slice(plain, at));
    nodes.push(read.node);
    at = read.next;
    plain = at;
  }
  if (plain < text.length) nodes.push(text.slice(plain));
  return nodes;
}

function readAt(text, at, closes, depth) {
  switch (text[at]) {
    case "\\":
      return escaped(text, at);
    case "`":
      return code(text, at, closes);
    case "[":
      return link(text, at, closes, depth);
    case "h":
    case "<":
      return bareLink(text, at);
    case "*":
    case "_":
    case "~":
      return span(text, at, closes, depth);
    default:
      return null;
  }
}

function escaped(text, at) {
  const next = text[at + 1] ?? "";
  return /[\\`*_{}[\]()#+\-.!~<>|]/.test(next) ? { node: next, next: at + 2 } : null;
}

function code(text, at, closes) {
  const end = closes("`", at + 1);
  return end > at + 1 ? { node: el("code", {}, text.slice(at + 1, end)), next: end + 1 } : null;
}

/** `[words](address)`. An address that is not of the web is left out, and the words stay. */
function link(text, at, closes, depth) {
  const middle = closes("](", at + 1);
  if (middle < 0) return null;
  const end = closes(")", middle + 2);
  if (end < 0 || end - at > MAX_LINK) return null;
  const words = text.slice(at + 1, middle);
  if (words.includes("[")) return null;
  const address = webAddress(
    text
      .slice(middle + 2, end)
      .trim()
      .split(" ")[0],
  );
  const content = inline(words, depth + 1);
  return { node: address ? anchor(address, content) : el("span", {}, content), next: end + 1 };
}

const BARE = /^https?:\/\/[^\s<>"']{1,2000}/;

function bareLink(text, at) {
  const start = text[at] === "<" ? at + 1 : at;
  if (!text.startsWith("http", start)) return null;
  const found = BARE.exec(text.slice(start, start + MAX_LINK))?.[0].replace(/[.,;:!?)\]*_]{1,9}$/, "");
  const address = found && webAddress(found);
  if (!address) return null;
  const end = start + found.length;
  return { node: anchor(address, [found]), next: text[at] === "<" && text[end] === ">" ? end + 1 : end };
}

function span(text, at, closes, depth) {
  const [mark, tag] = SPANS.find(([mark]) => text.startsWith(mark, at)) ?? [];
  if (!mark || /\s/.test(text[at + mark.length] ?? " ")) return null;
  // Underscores within a word are part of it: file_name_v2.
  if (mark[0] === "_" && /[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")) return null;
  const end = closes(mark, at + mark.length);
  if (end <= at + mark.length) return null;
  return {
    node: el(tag, {}, inline(text.slice(at + mark.length, end), depth + 1)),
    next: end + mark.length,
  };
}

function anchor(href, content) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}

/** Where a mark comes next, or -1. What was found is kept, so that a mark without an end is looked for once. */
function closingPlaces(text) {
  const known = new Map();
  return (mark, from) => {
    const before = known.get(mark);
    if (before && from >= before.from && (before.place < 0 || before.place >= from)) return before.place;
    const place = text.indexOf(mark, from);
    known.set(mark, { from, place });
    return place;
  };
}
