// Lines that a program wrote for a terminal, as text: what the log of the page and of the tags shows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { plainText, readTerminal } from "../../pkg/src/view/terminal-text.js";

const ESC = "\u001b";

for (const [name, line, text] of [
  ["colours", `${ESC}[1;31mred${ESC}[0m then ${ESC}[38;5;2mgreen${ESC}[39m`, "red then green"],
  ["a title with its bell", `${ESC}]0;a title\u0007seen`, "seen"],
  ["a link, which ends otherwise", `${ESC}]8;;https://a.test${ESC}\\link${ESC}]8;;${ESC}\\`, "link"],
  ["a character set and an erased line", `${ESC}(Bseen${ESC}[2K`, "seen"],
  ["control characters, but a tab", "\u0008a\tb\u0000\r", "a\tb"],
  ["a sequence without its end", `seen${ESC}[31`, "seen"],
  ["a title without its end", `seen${ESC}]0;a title`, "seen"],
  ["an escape alone", `seen${ESC}`, "seen"],
]) {
  test(`a line without ${name}`, () => assert.equal(plainText(line), text));
}

test("styles come between the texts that they are for", () => {
  const pieces = [];
  const style = (codes) => pieces.push(codes);
  readTerminal(`a${ESC}[1;31mb${ESC}[2Kc${ESC}[md`, (text) => pieces.push(text), style);
  assert.deepEqual(pieces, ["a", [1, 31], "bc", [0], "d"]);
});
