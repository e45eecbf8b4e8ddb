// Numbers as they are typed: integers of any size stay exact, nothing is rounded on the way.

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number a text stands for (bigint beyond 2^53 − 1), or null when it is not one. */
export function parseNumber(text) {
  const trimmed = text.trim();
  if (INTEGER.test(trimmed)) return exactInteger(trimmed.replace(/^\+/, ""));
  if (!DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

function exactInteger(text) {
  const exact = BigInt(text);
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

/** Moves the last decimal place of a number by `by`, in exact arithmetic: ("0.95", 1) → "0.96". Null when it is not one. */
export function stepNumber(text, by) {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole, fraction = ""] = match;
  const scaled = BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}`) + BigInt(by);
  if (fraction === "") return String(scaled);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(fraction.length + 1, "0");
  const point = digits.length - fraction.length;
  return `${scaled < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}
