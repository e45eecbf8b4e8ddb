// Two texts with what differs marked: the common beginning and end stay plain, at word boundaries.

import { el } from "../dom.js";

/** The parts of both texts, ready to be put into elements. */
export function marked(before, after) {
  const a = before.split(/(\s+|[,.;:()])/);
  const b = after.split(/(\s+|[,.;:()])/);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return [parts(a, start, end), parts(b, start, end)];
}

function parts(words, start, end) {
  const middle = words.slice(start, words.length - end).join("");
  const whole = start === 0 && end === 0;
  return [
    words.slice(0, start).join(""),
    middle === "" || whole ? middle : el("mark", {}, middle),
    words.slice(words.length - end).join(""),
  ];
}
