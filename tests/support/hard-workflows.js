// Workflows with numbers and texts that JSON writers disagree about, generated from a seed.

const NUMBERS = [
  ...[
    "0",
    "-0",
    "-0.0",
    "0e5",
    "1.0",
    "1E5",
    "1e16",
    "9999999999999998.0",
    "1e15",
    "123456789012345680.0",
    "1e400",
  ],
  ...["-1e400", "5e-324", "1e-5", "0.0001", "0.00001234", "1.7976931348623157e308", "18446744073709551615"],
  ...[
    "18446744073709551616",
    "123456789012345678901234567890",
    "-9007199254740993",
    "0.1",
    "2.500",
    "1e22",
    "1e21",
  ],
  ...["4.35", "0.30000000000000004", "2.2250738585072014e-308", "9007199254740993.0", "1e23", "-1.5E-007"],
];
const TEXTS = [
  ...[
    '""',
    '"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\"',
    '"\\ud83d\\ude00 \\ud83d \\ude00"',
    '"\\udc00\\ud800"',
    '"\u007f\u0080"',
  ],
  ...[
    '"日本語 😀"',
    '"\\u0000\\u001F"',
    '"\u2028\u2029"',
    '"</script>"',
    '"\ue000\uffff"',
    '"\\u002f"',
    '"a\\\\\\"b"',
  ],
];
const WORDS = ["true", "false", "null", "[]", "{}", "[ ]", "{ }"];
const MAX = 4;

/** @param {number} seed */
export function hardWorkflow(seed) {
  const random = mulberry(seed);
  const nodes = Array.from({ length: 1 + below(random, 5) }, (_, at) => node(random, at));
  return `{${nodes.join(",\n")}}`;
}

function node(random, at) {
  const meta = [`"_meta": {"title": ${value(random, 2)}}, `, '"_meta": {}, ', '"_meta": null, ', ""][
    below(random, 4)
  ];
  const type = below(random, 8) === 0 ? "" : `"class_type": ${text(random)}, `;
  const inputs = Array.from(
    { length: below(random, 7) },
    (_, i) => `"${"abc"[i % 3]}${i % 5}": ${value(random, 0)}`,
  );
  const id = ["7", "12:3", "a-b", "é", "01", "node"][below(random, 6)];
  return `"${id}${at}": {${meta}${type}"inputs": {${inputs.join(", ")}}}`;
}

function value(random, depth) {
  const kind = below(random, depth < MAX ? 10 : 8);
  if (kind < 4) return number(random);
  if (kind < 7) return text(random);
  if (kind === 7) return pick(random, WORDS);
  const items = Array.from({ length: below(random, 4) }, () => value(random, depth + 1));
  if (kind === 8) return `[${items.join(" , ")}]`;
  return `{${items.map((item) => `"${pick(random, ["1", "0", "k", "\\u006b", "é", ""])}": ${item}`).join(",")}}`;
}

function number(random) {
  if (below(random, 2) === 0) return pick(random, NUMBERS);
  const digits = `${1 + below(random, 9)}${`${random()}`.slice(2, 2 + below(random, 17))}`;
  const fraction = below(random, 2) === 0 ? "" : `.${`${random()}`.slice(2, 3 + below(random, 17))}`;
  const exponent =
    below(random, 2) === 0 ? "" : `${pick(random, ["e", "E", "e+", "E-"])}${below(random, 330)}`;
  return `${below(random, 3) === 0 ? "-" : ""}${digits}${fraction}${exponent}`;
}

function text(random) {
  if (below(random, 2) === 0) return pick(random, TEXTS);
  const letters = Array.from({ length: below(random, 12) }, () => letter(random));
  return `"${letters.join("")}"`;
}

function letter(random) {
  const code = below(random, 0x10000);
  const asEscape = `\\u${code.toString(16).padStart(4, "0")}`;
  const isPlain = code > 0x22 && code !== 0x5c && (code < 0xd800 || code > 0xdfff);
  return isPlain && below(random, 2) === 0 ? String.fromCharCode(code) : asEscape;
}

function pick(random, list) {
  return list[below(random, list.length)];
}

function below(random, limit) {
  return Math.floor(random() * limit);
}

/** A small seeded random number generator by Tommy Ettinger, in the public domain. */
function mulberry(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
