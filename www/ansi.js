// The colours of a terminal in a line of text, as names of styles.

import { readTerminal } from "../pkg/src/view/terminal-text.js";

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const STYLES = ["bold", "dim", "italic", "underline"];
const PLAIN = { colour: "", bold: false, dim: false, italic: false, underline: false };

/**
 * The line as runs of text of one look.
 *
 * @param {string} line
 * @returns {{ text: string, classes: string[] }[]}
 */
export function readAnsi(line) {
  const runs = [];
  let look = PLAIN;
  readTerminal(
    line,
    (text) => text !== "" && runs.push({ text, classes: classesOf(look) }),
    (codes) => (look = styled(look, codes)),
  );
  return runs;
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
      look = { ...PLAIN };
    } else {
      applyCode(look, code);
    }
  }
  return look;
}

function applyCode(look, code) {
  if (code >= 1 && code <= 4) look[STYLES[code - 1]] = true;
  if (code === 22) look.bold = look.dim = false;
  if (code === 23) look.italic = false;
  if (code === 24) look.underline = false;
  if (code === 39) look.colour = "";
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) look.colour = COLOURS[code % 10];
}

function classesOf({ colour, ...styles }) {
  const names = [colour, ...STYLES.filter((style) => styles[style])];
  return names.filter(Boolean).map((name) => `ansi-${name}`);
}
