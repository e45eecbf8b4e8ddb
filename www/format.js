// Numbers for people: sizes, durations, counts.

const UNITS = ["bytes", "KB", "MB", "GB"];

/** 1536 → "1.5 KB". */
export function fileSize(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** 4.2 → "4 s", 192 → "3 min 12 s". */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A message as a sentence of its own: "no such node" → "No such node." */
export function sentence(message) {
  const text = message.trim();
  if (text === "") return "";
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…:]$/.test(text) ? "" : ".");
}

/** count(1, "node") → "1 node", count(2, "node") → "2 nodes". */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** "3 things to know" */
export function thingsToKnow(number) {
  return `${count(number, "thing")} to know`;
}
