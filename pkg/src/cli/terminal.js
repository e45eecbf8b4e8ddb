// Writing to a terminal, a file or a pipe: colours only where they are wanted, nothing that could steer the terminal,
// no secret, and a reader that goes away is not an error.

import { withoutSecrets } from "./credentials.js";

const PIPE_CLOSED = 141;
const COLOURS = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 };
// What moves the cursor, rings, hides text or turns its direction: a title or a log line may hold it.
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `… | head` closes its end early; that ends us quietly, as it ends any other program. */
export function guardStreams() {
  process.stdout.on("error", ({ code }) => process.exit(code === "EPIPE" ? PIPE_CLOSED : 1));
  process.stderr.on("error", () => {});
}

/** @param {string} text */
export function writeOut(text) {
  return new Promise((resolve) => process.stdout.write(text, resolve));
}

/** @param {string} text for a person; secrets of the environment are left out of it */
export function writeError(text) {
  return new Promise((resolve) => process.stderr.write(withoutSecrets(text), resolve));
}

/** Text of others, as it may be shown: without secrets, and then without what steers; line ends and tabs stay. */
export function visible(text) {
  const safe = withoutSecrets(String(text));
  return safe.replace(STEERING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same on one line, cut where it is long. */
export function oneLine(text, limit = 200) {
  const line = visible(withoutSecrets(String(text)).replace(/\s+/g, " ").trim());
  const letters = [...line.slice(0, 2 * limit + 2)];
  return letters.length > limit ? `${letters.slice(0, limit).join("")}…` : line;
}

/** Something that was typed, for a sentence. */
export function quoted(text) {
  return `"${oneLine(text, 100)}"`;
}

/** @param {import("node:tty").WriteStream} stream */
export function hasColours(stream) {
  return Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

/** A function that colours for a stream, or leaves the text as it is. */
export function painter(stream) {
  if (!hasColours(stream)) return (_colour, text) => text;
  return (colour, text) => `\u001b[${COLOURS[colour]}m${text}\u001b[0m`;
}
