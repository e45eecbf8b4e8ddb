// The values of an axis as they are typed: a list, or from–to with a step, in exact arithmetic.

import { parseNumber } from "../../pkg/src/view/exact-number.js";

/** More cells than this nobody looks at, and somebody pays for. */
export const MOST_CELLS = 64;

const NUMBER = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?/iy;
/** Between from, to and step. "1-5" is a range, "1 -5" two numbers. */
const RANGE = /\s*(?:\.\.|–|—)\s*|\s+(?:to|-)\s+|-/y;
const GAP = /[\s,;]+/y;

/**
 * Reads the values of a parameter.
 *
 * @param {string} text
 * @param {string} kind that of the parameter
 * @returns {{ values: any[], problem: string }} without values where there is a problem, a sentence
 */
export function readValues(text, kind) {
  const read = { number: readNumbers, slider: readNumbers, seed: readNumbers, boolean: readSwitches }[kind];
  const { values, problem } = (read ?? readLines)(text);
  if (problem) return { values: [], problem };
  if (values.length === 0) return { values: [], problem: "No value yet." };
  if (values.length > MOST_CELLS) return tooMany(values.length);
  return { values, problem: "" };
}

function tooMany(count) {
  return {
    values: [],
    problem: `These are ${count.toLocaleString("en")} values; at most ${MOST_CELLS} fit.`,
  };
}

/** Texts and choices: one a line. */
function readLines(text) {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  return { values: lines.filter((line) => line.trim() !== ""), problem: "" };
}

function readSwitches(text) {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const wrong = words.find((word) => word !== "true" && word !== "false");
  if (wrong !== undefined) return { values: [], problem: `“${wrong}” is neither true nor false.` };
  return { values: words.map((word) => word === "true"), problem: "" };
}

function readNumbers(text) {
  const values = [];
  let at = matchAt(GAP, text, 0)?.length ?? 0;
  while (at < text.length) {
    const ends = [];
    for (let separator = ""; separator !== undefined && ends.length < 3; ) {
      const literal = matchAt(NUMBER, text, at + separator.length);
      if (literal === undefined)
        return { values: [], problem: notANumber(text.slice(at + separator.length)) };
      at += separator.length + literal.length;
      ends.push(literal);
      separator = matchAt(RANGE, text, at);
    }
    const { values: more, problem } = ends.length === 1 ? one(ends[0]) : range(ends);
    if (problem) return { values: [], problem };
    values.push(...more);
    const gap = matchAt(GAP, text, at);
    if (gap === undefined && at < text.length) return { values: [], problem: notANumber(text.slice(at)) };
    at += gap?.length ?? 0;
  }
  return { values, problem: "" };
}

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function notANumber(rest) {
  const word = rest
    .trim()
    .split(/[\s,;]/)[0]
    .slice(0, 24);
  return word === "" ? "A number is missing at the end." : `“${word}” is not a number.`;
}

function one(literal) {
  const value = parseNumber(literal);
  return value === null ? { values: [], problem: notANumber(literal) } : { values: [value], problem: "" };
}

/** @param {string[]} literals from, to and perhaps a step */
function range(literals) {
  if (literals.some((literal) => /e/i.test(literal)))
    return { values: [], problem: "A range takes plain numbers, such as 0.5–1–0.1." };
  const places = Math.max(...literals.map(decimalPlaces));
  const [from, to, given] = literals.map((literal) => scaled(literal, places));
  const size = given === undefined ? 1n : given < 0n ? -given : given;
  if (size === 0n) return { values: [], problem: "A step of 0 goes nowhere." };
  const step = to < from ? -size : size;
  const count = (to - from) / step + 1n;
  if (count > BigInt(MOST_CELLS)) return tooMany(count);
  const values = Array.from({ length: Number(count) }, (_, index) =>
    parseNumber(unscaled(from + BigInt(index) * step, places)),
  );
  return { values, problem: "" };
}

function decimalPlaces(literal) {
  const dot = literal.indexOf(".");
  return dot < 0 ? 0 : literal.length - dot - 1;
}

/** ("1.5", 2) → 150n @returns {bigint} */
function scaled(literal, places) {
  const [whole, fraction = ""] = literal.replace(/^[+-]/, "").split(".");
  const digits = BigInt(`${whole}${fraction.padEnd(places, "0")}`);
  return literal.startsWith("-") ? -digits : digits;
}

/** (150n, 2) → "1.50" */
function unscaled(number, places) {
  const digits = String(number < 0n ? -number : number).padStart(places + 1, "0");
  const point = digits.length - places;
  const fraction = places > 0 ? `.${digits.slice(point)}` : "";
  return `${number < 0n ? "-" : ""}${digits.slice(0, point)}${fraction}`;
}
