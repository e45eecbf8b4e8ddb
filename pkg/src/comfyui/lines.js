// Lines of a log: ComfyUI's own, without colours, and bars as tqdm draws them.

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const ANSI = /\x1b\[[0-9;?]*[A-Za-z]/g;
/** What newer servers put before an ordinary line. */
const LEVEL = "[INFO] ";
/** Where a bar says how far it is: `| 9/20 [`. */
const BAR = /\| *\d+\/(\d+) \[/;
const WIDTH = 10;
const PARTS = " ▏▎▍▌▋▊▉";
const FULL = "█";

/** The lines of what was written to a log at once: a bar that is redrawn begins with a carriage return. */
export function linesOf(written) {
  return written
    .replace(ANSI, "")
    .split(/[\r\n]/)
    .map((line) => (line.startsWith(LEVEL) ? line.slice(LEVEL.length) : line).trimEnd())
    .filter((line) => line !== "");
}

/** The total of the bar that a line draws; undefined where it draws none. */
export function totalOfBar(line) {
  const total = BAR.exec(line)?.[1];
  return total === undefined ? undefined : Number(total);
}

/**
 * The total of a node's bar: it stays what its first value makes it. A node that counts in fractions, as of seconds, has a
 * hundred steps, whatever follows; one that counts whole steps begins another bar when it has another number of them.
 *
 * @param {{ max: number, total: number, isShare: boolean } | undefined} before the node's bar so far
 */
export function barAfter(before, value, max) {
  if (before && (before.isShare || before.max === max)) return before;
  // What has only one step and is at its beginning can only go on in fractions.
  const isShare = !Number.isInteger(value) || !Number.isInteger(max) || (max === 1 && value < 1);
  return { max, total: isShare ? 100 : max, isShare };
}

/** How many steps of a bar with this total are done. */
export function stepOf(value, max, total) {
  return max > 0 ? Math.floor((value * total) / max) : 0;
}

/** A bar as tqdm draws it: ` 45%|████▌     | 9/20 [00:03<00:04,  2.51it/s]`. */
export function barOf(value, max, seconds) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  const eighths = Math.floor(share * WIDTH * PARTS.length);
  const full = Math.floor(eighths / PARTS.length);
  const blocks = (FULL.repeat(full) + (full < WIDTH ? PARTS[eighths % PARTS.length] : "")).padEnd(WIDTH);
  return `${`${Math.round(share * 100)}`.padStart(3)}%|${blocks}| ${value}/${max} [${pace(value, max, seconds)}]`;
}

function pace(value, max, seconds) {
  if (value <= 0 || seconds <= 0) return `${clock(seconds)}<?, ?it/s`;
  const rate = value / seconds;
  const told = rate < 1 ? `${(1 / rate).toFixed(2).padStart(5)}s/it` : `${rate.toFixed(2).padStart(5)}it/s`;
  return `${clock(seconds)}<${clock(Math.max(max - value, 0) / rate)}, ${told}`;
}

function clock(seconds) {
  const whole = Math.floor(Math.max(seconds, 0));
  const two = (count) => `${count}`.padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}
