// Colours of a terminal in a line of text: read as names of styles, and everything else that only a terminal understands left
// out. One pass over the characters, whatever they are.

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const ESCAPE = "\u001b";
const BELL = "\u0007";

/**
 * The line as runs of text of one look.
 *
 * @param {string} line
 * @returns {{ text: string, classes: string[] }[]}
 */
export function readAnsi(line) {
  const runs = [];
  let look = { colour: "", bold: false, dim: false, italic: false, underline: false };
  let text = "";
  const end = () => {
    if (text !== "") runs.push({ text, classes: classesOf(look) });
    text = "";
  };
  for (let at = 0; at < line.length; ) {
    const character = line[at];
    if (character === ESCAPE) {
      const { next, codes } = sequenceAt(line, at + 1);
      if (codes) {
        end();
        look = styled(look, codes);
      }
      at = next;
      continue;
    }
    if (character >= " " || character === "\t") text += character;
    at += 1;
  }
  end();
  return runs;
}

/** The line without any of that. */
export function plainText(line) {
  return readAnsi(line)
    .map(({ text }) => text)
    .join("");
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

function styled(before, codes) {
  let look = { ...before };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    if (code === 38 || code === 48) {
      // 38;5;N and 38;2;R;G;B: of these only the sixteen that have a name here are shown.
      if (code === 38 && codes[at + 1] === 5 && codes[at + 2] < 16) look.colour = COLOURS[codes[at + 2] % 8];
      at += codes[at + 1] === 2 ? 4 : 2;
    } else if (code === 0) {
      look = { colour: "", bold: false, dim: false, italic: false, underline: false };
    } else {
      applyCode(look, code);
    }
  }
  return look;
}

function applyCode(look, code) {
  if (code === 1) look.bold = true;
  if (code === 2) look.dim = true;
  if (code === 3) look.italic = true;
  if (code === 4) look.underline = true;
  if (code === 22) look.bold = look.dim = false;
  if (code === 23) look.italic = false;
  if (code === 24) look.underline = false;
  if (code === 39) look.colour = "";
  if (code >= 30 && code <= 37) look.colour = COLOURS[code - 30];
  if (code >= 90 && code <= 97) look.colour = COLOURS[code - 90];
}

function classesOf({ colour, bold, dim, italic, underline }) {
  return [
    colour && `ansi-${colour}`,
    bold && "ansi-bold",
    dim && "ansi-dim",
    italic && "ansi-italic",
    underline && "ansi-underline",
  ].filter(Boolean);
}
