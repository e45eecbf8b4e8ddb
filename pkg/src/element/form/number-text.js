// Numbers as they are typed: integers of any size stay exact, nothing is rounded on the way.

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a text stands for (a bigint beyond 2^53 − 1), or null when it is not one. */
export function numberOf(text) {
  const typed = text.trim();
  if (INTEGER.test(typed)) {
    const exact = BigInt(typed.replace("+", ""));
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  const value = DECIMAL.test(typed) ? Number(typed) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
