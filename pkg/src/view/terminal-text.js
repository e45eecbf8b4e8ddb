// What a program wrote for a terminal, as text: colours are told apart, and everything else that only a terminal understands is
// left out. One pass over the characters, whatever they are.

const ESCAPE = "\u001b";
const BELL = "\u0007";

/**
 * Goes through a line: `onText` gets each stretch of text, `onStyle` the numbers of each style that is set between two.
 *
 * @param {string} line
 * @param {(text: string) => void} onText
 * @param {(codes: number[]) => void} onStyle
 */
export function readTerminal(line, onText, onStyle) {
  let text = "";
  for (let at = 0; at < line.length; ) {
    const character = line[at];
    if (character === ESCAPE) {
      const { next, codes } = sequenceAt(line, at + 1);
      if (codes) {
        onText(text);
        text = "";
        onStyle(codes);
      }
      at = next;
      continue;
    }
    if (character >= " " || character === "\t") text += character;
    at += 1;
  }
  onText(text);
}

/** The line without any of that. */
export function plainText(line) {
  let plain = "";
  readTerminal(
    line,
    (text) => (plain += text),
    () => {},
  );
  return plain;
}

/** What begins behind an escape: where it ends, and its numbers if it sets a style. */
function sequenceAt(line, at) {
  if (line[at] === "[") return controlAt(line, at + 1);
  if (line[at] === "]") return { next: commandEnd(line, at + 1), codes: null };
  // `ESC ( B` and the like: what is between, and one letter.
  let end = at;
  while (line[end] >= " " && line[end] <= "/") end += 1;
  return { next: end + 1, codes: null };
}

/** `ESC [ 1;31 m`: parameters from "0" to "?", what is between, and one letter. A line that ends inside it has ended. */
function controlAt(line, at) {
  let end = at;
  while (end < line.length && line[end] >= " " && line[end] <= "?") end += 1;
  const codes = line[end] === "m" ? line.slice(at, end).split(";").map(Number) : null;
  return { next: end + 1, codes };
}

/** `ESC ] … BEL` or `ESC ] … ESC \`: titles and links of a terminal. One without an end is a stray escape. */
function commandEnd(line, at) {
  for (let end = at; end < line.length; end += 1) {
    if (line[end] === BELL) return end + 1;
    if (line[end] === ESCAPE) return line[end + 1] === "\\" ? end + 2 : end;
  }
  return line.length;
}
