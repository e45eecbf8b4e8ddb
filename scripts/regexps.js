// Finds regular expressions that can be slow: those whose work grows faster than the length of the text. `npm run lint` runs
// it on all of the project's own JavaScript. Needs the npm packages.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { checkSync } from "recheck";
import ts from "typescript";

import { isMain, main, root, say } from "./run.js";
import { filesUnder } from "./stamp.js";

const ROOMS = ["pkg/src", "www", "scripts", "benches", "docs/site"];
/** Generated files and files that are not ours. */
const MADE = /^www\/built\/|^pkg\/src\/viewcomfy_|\/node_modules\/|\/\.vitepress\/(?:cache|dist)\//;
/** Steps are counted instead of seconds, so that a busy machine gets the same result. */
const HOW = /** @type {const} */ ({
  timeout: null,
  incubationTimeout: null,
  attackTimeout: null,
  randomSeed: 1,
});

// The pure JavaScript backend everywhere: otherwise recheck would use a native program if there is one.
process.env.RECHECK_BACKEND = "pure";

/** @typedef {{ place: string, source: string, flags: string }} Pattern */

/**
 * The regular expression literals of a program, and the places where one is constructed from text, which cannot be checked.
 *
 * @param {string} name of the file, for the reported places
 * @param {string} text
 * @returns {{ patterns: Pattern[], constructed: string[] }}
 */
export function patternsIn(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  /** @type {Pattern[]} */
  const patterns = [];
  /** @type {string[]} */
  const constructed = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const place = () => `${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) patterns.push({ place: place(), ...partsOf(node.text) });
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isCall && node.expression.getText() === "RegExp") constructed.push(place());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { patterns, constructed };
}

function partsOf(literal) {
  const end = literal.lastIndexOf("/");
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

/** Checks all of the project's own programs. */
export function allPatterns() {
  const names = filesUnder(...ROOMS).filter((name) => /\.m?js$/.test(name) && !MADE.test(name));
  const found = names.map((name) => patternsIn(name, readFileSync(join(root, name), "utf8")));
  return {
    patterns: found.flatMap(({ patterns }) => patterns),
    constructed: found.flatMap(({ constructed }) => constructed),
  };
}

/**
 * Why a pattern is rejected, or undefined.
 *
 * @param {Pattern} pattern
 */
export function complaintAbout({ place, source, flags }) {
  const found = checkSync(source, flags, HOW);
  if (found.status === "safe") return undefined;
  const why =
    found.status === "vulnerable"
      ? `its work is a ${found.complexity.summary}; try ${found.attack.pattern}`
      : `it could not be checked (${found.error.kind})`;
  return `${place}: /${source}/${flags}: ${why}`;
}

if (isMain(import.meta.url)) {
  await main(() => {
    const { patterns, constructed } = allPatterns();
    const once = new Map(patterns.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]));
    const complaints = [...once.values()].flatMap((pattern) => complaintAbout(pattern) ?? []);
    for (const place of constructed)
      complaints.push(`${place}: a pattern made from text cannot be checked: scan by hand`);
    for (const complaint of complaints) say(`  ${complaint}`);
    say(`regexps: ${once.size} patterns checked.`);
    if (complaints.length > 0) process.exitCode = 1;
  });
}
