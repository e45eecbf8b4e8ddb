// No text keeps a regular expression of the project busy: for each that stands in its programs, the worst line that was found,
// counted at one length and at twice that, and run by the engine at 8 KB.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { allPatterns, complaintAbout, patternsIn } from "../../scripts/regexps.js";
import { counterFor, visit } from "../support/regexp-work.js";

const LINE = 8 * 1024;
/** Long enough to tell a square from a line, short enough for all the tries. */
const [SHORT, HALF, WHOLE] = [96, 300, 600];
const MAX_GROWTH = 2.2;
/** What no pattern takes for one of its own. */
const FOREIGN = ["\u2028", "\u0001", "!"];
const ALPHABET = [...Array(128).keys()]
  .map((code) => String.fromCharCode(code))
  .concat("\u00a0", "é", "\ud800", ...FOREIGN);

/** Patterns that were in the project, or might have been, and how their work grows. */
const BAD = [
  ["a part's header", /^([\w-]+):[ \t]*(.*?)[ \t]*$/],
  ["a file's name", /^[.\s]+|[.\s]+$/g],
  ["a number", /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i],
  ["an unclosed string", /"(?:[^"\\]|\\.)*"|-?\d+/g],
  ["an unclosed tag", /<a\s[^>]*?href="([^"]*)"/g],
  ["nested", /^(?:\w+\s?)+$/],
];

/** One character for each way in which the pattern's classes take or leave it. */
function lettersFor({ sets }, pattern) {
  const kinds = new Map();
  for (const char of ALPHABET) {
    const taken = sets.map(({ raw }) =>
      new RegExp(`^${raw}$`, pattern.flags.replace(/[gy]/g, "")).test(char),
    );
    const kind = taken.join();
    if (!kinds.has(kind)) kinds.set(kind, char);
  }
  return [...kinds.values()];
}

/** The shortest text that a node takes, by its first alternative. */
function exampleOf(node, letters, pattern) {
  const inside = (each) => exampleOf(each, letters, pattern);
  if (node.type === "Alternative") return node.elements.map(inside).join("");
  if (node.alternatives) return node.type === "Assertion" ? "" : inside(node.alternatives[0]);
  if (node.type === "Quantifier") return inside(node.element).repeat(Math.max(node.min, 1));
  if (node.type === "Assertion") return "";
  const fits = new RegExp(`^${node.raw}$`, pattern.flags.replace(/[gy]/g, ""));
  return letters.find((char) => fits.test(char)) ?? ALPHABET.find((char) => fits.test(char)) ?? "";
}

/** What lines may begin with and what they may repeat. */
function partsFor(counter, pattern) {
  const letters = lettersFor(counter, pattern);
  const beginnings = new Set(["", ...FOREIGN]);
  const repeated = new Set(letters);
  for (const one of letters) for (const other of letters.slice(0, 12)) repeated.add(one + other);
  visit(counter.tree, (node) => {
    if (node.type === "Alternative") {
      for (let end = 1; end <= node.elements.length; end += 1) {
        const text = node.elements
          .slice(0, end)
          .map((each) => exampleOf(each, letters, pattern))
          .join("");
        beginnings.add(text);
        repeated.add(text);
      }
    }
  });
  return { beginnings, repeated };
}

/** Lines of any length, by what they begin with, repeat and end in; the one that takes most work. */
function worstLine(counter, pattern) {
  const { beginnings, repeated } = partsFor(counter, pattern);
  let worst = { work: -1, line: (_length) => "" };
  for (const part of repeated) {
    if (part === "") continue;
    for (const begin of beginnings) {
      for (const end of FOREIGN) {
        const line = (length) => {
          const times = Math.max(0, Math.ceil((length - begin.length - end.length) / part.length));
          return begin + part.repeat(times) + end;
        };
        const work = counter.work(line(SHORT));
        if (work > worst.work) worst = { work, line };
      }
    }
  }
  return worst.line;
}

/** How many times the work grows with twice the text. */
function growthOf(pattern) {
  const counter = counterFor(pattern);
  const line = worstLine(counter, pattern);
  const [half, whole] = [HALF, WHOLE].map((length) => counter.work(line(length)));
  return { growth: Number.isFinite(half) ? whole / Math.max(1, half) : half, line };
}

describe("the count finds what grows", () => {
  for (const [what, { source, flags }] of BAD) {
    test(what, () => {
      const { growth, line } = growthOf({ source, flags });
      assert.ok(growth > 3, `${growth}: ${JSON.stringify(line(60))}`);
    });
  }
});

describe("so does the lint", () => {
  for (const [what, { source, flags }] of BAD) {
    test(what, () => assert.match(complaintAbout({ place: "here", source, flags }) ?? "", /its work is a/));
  }

  test("nothing is said of a good one", () => {
    assert.equal(complaintAbout({ place: "here", source: "^[\\w-]+$", flags: "" }), undefined);
  });

  test("it finds them in programs", () => {
    const text =
      "const a = /x+/g;\n[/[/]\\/y/.test(b)]; // /no/\nnew RegExp(b); const c = '/no/', d = 4 / 2 / 1;";
    const { patterns, constructed } = patternsIn("a.js", text);
    assert.deepEqual(patterns, [
      { place: "a.js:1", source: "x+", flags: "g" },
      { place: "a.js:2", source: "[/]\\/y", flags: "" },
    ]);
    assert.deepEqual(constructed, ["a.js:3"]);
  });
});

describe("every pattern of the project", () => {
  const { patterns, constructed } = allPatterns();

  test("is written down", () => {
    assert.ok(patterns.length > 100, `${patterns.length}`);
    assert.deepEqual(constructed, []);
  });

  const once = new Map(patterns.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]));
  for (const [name, pattern] of once) {
    test(`${pattern.place}: ${name}`, { timeout: 60_000 }, () => {
      const { growth, line } = growthOf(pattern);
      assert.ok(growth <= MAX_GROWTH, `${growth}: ${JSON.stringify(line(60))}`);
      line(LINE).replace(new RegExp(pattern.source, pattern.flags), "");
    });
  }
});
