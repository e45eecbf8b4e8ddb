// The TypeScript type of an input: from the definitions where they are given, otherwise from its value and what it is.

/** The types of the package that a declaration may import. */
export const EXPORTED = ["FileParam", "ImageParam", "Integer", "Json", "NodeLink", "Seed"];

const BY_KIND = {
  text: "string",
  "long-text": "string",
  integer: "Integer",
  number: "number",
  boolean: "boolean",
  choice: "string",
  seed: "Seed",
  image: "ImageParam",
  mask: "ImageParam",
  video: "FileParam",
  audio: "FileParam",
  file: "FileParam",
  model: "string",
};
/** What each takes, for the question whether the present value fits. */
const TAKES = {
  string: ["string"],
  Integer: ["number", "bigint"],
  number: ["number"],
  boolean: ["boolean"],
  Seed: ["number", "bigint"],
  ImageParam: ["string"],
  FileParam: ["string"],
};
const BY_VALUE = { string: "string", number: "number", bigint: "Integer", boolean: "boolean" };
/** A list of the server's for these is what lies there now; any name and any file is taken. */
export const UPLOADED = new Set(["image", "mask", "video", "audio", "file"]);

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedInput} input
 * @returns {{ parts: string[], imports: string[] }} the members of a union
 */
export function typeOf(input) {
  const parts = [...new Set([...valueTypes(input), ...linkTypes(input)])];
  return { parts, imports: parts.filter((part) => EXPORTED.includes(part)) };
}

/** A list that only looks like a link stays a value that may be sent. */
function linkTypes({ link }) {
  if (link === null) return [];
  return link.output === null ? ["NodeLink", "Json"] : ["NodeLink"];
}

/** @param {any} value a string, number, bigint, boolean or null, as TypeScript source of one line */
export function literal(value) {
  if (typeof value === "bigint") return `${value}n`;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    escaped,
  );
}

/** Choices as a union can have them; null where they tell nothing. */
export function choicesOf({ kind, choices }) {
  if (!choices || choices.length === 0 || UPLOADED.has(kind)) return null;
  const isLiteral = (choice) =>
    choice === null || (typeof choice === "number" ? Number.isFinite(choice) : typeof choice !== "object");
  return choices.every(isLiteral) ? choices : null;
}

function valueTypes(input) {
  if (input.kind === "link") return [];
  const choices = choicesOf(input);
  if (choices) return choices.map(literal);
  const type = BY_KIND[input.kind] ?? byValue(input.value);
  // Without definitions the name of a class is all that speaks for a kind: the value it has counts too.
  const guessed = input.type === null && input.link === null;
  return guessed && !TAKES[type]?.includes(typeof input.value) ? [type, byValue(input.value)] : [type];
}

function byValue(value) {
  return value === null ? "null" : (BY_VALUE[typeof value] ?? "Json");
}

function escaped(char) {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
