// The project's goals, compared with the results. No imports.

const MB = 1024 * 1024;

/**
 * @typedef {object} Verdict
 * @property {string} what
 * @property {number} measured NaN if it could not be measured
 * @property {"at most" | "at least"} sense
 * @property {number} wanted
 * @property {string} unit
 */

/**
 * Verdicts for the suites that were measured.
 *
 * @param {Record<string, any>} measured by suite
 * @returns {Verdict[]}
 */
export function verdictsOn({ results, memory, logs, flatten, look, page, proxy, init, sizes }) {
  return [
    ...(results ?? []).flatMap(onResult),
    ...onMemory(memory ?? []),
    ...(logs ? onLogs(logs) : []),
    ...(flatten ?? []).flatMap(onFlatten),
    ...(look ?? []).flatMap(onLook),
    ...(page ? onPage(page) : []),
    ...(proxy ? [{ what: "a line of log through the proxy", ...atMost(proxy.max, 100, "ms") }] : []),
    ...(sizes ? onDownload(sizes) : []),
    ...(init ? [{ what: "init() from a warm cache", ...atMost(init.warm.median, 10, "ms") }] : []),
  ];
}

export const passed = ({ measured, sense, wanted }) =>
  sense === "at most" ? measured <= wanted : measured >= wanted;

const atMost = (measured, wanted, unit = "×") => verdict(measured, "at most", wanted, unit);
const atLeast = (measured, wanted, unit = "×") => verdict(measured, "at least", wanted, unit);
const verdict = (measured, /** @type {Verdict["sense"]} */ sense, wanted, unit) => ({
  measured,
  sense,
  wanted,
  unit,
});

const SCRIPT = "best JavaScript";
/** How much faster than the best JavaScript, by size. */
const JAVASCRIPT = { 64: 1.6, 256: 1.8 };

function onResult({ name, label, floor, standings }) {
  const ms = (who) => (standings[who].cannot ? Number.NaN : standings[who].median);
  const known = (...contenders) => contenders.every((who) => standings[who]);
  if (!known("ours")) return [];
  const ours = ms("ours");
  if (!(name in JAVASCRIPT))
    return [{ what: `${label}: whole, every byte compared`, ...atLeast(ours > 0 ? 1 : Number.NaN, 1, "") }];
  const all = [];
  if (known("limit")) all.push({ what: `${label}: ours / limit`, ...atMost(ours / ms("limit"), 1.6) });
  if (floor) all.push({ what: `${label}: ours / ${floor}`, ...atMost(ours / ms(floor), 1.15) });
  if (known(SCRIPT)) {
    const faster = ms(SCRIPT) / ours;
    all.push({ what: `${label}: best JavaScript / ours`, ...atLeast(faster, JAVASCRIPT[name]) });
  }
  if (name === "64" && known("reference"))
    all.push({ what: `${label}: reference / ours`, ...atLeast(ms("reference") / ours, 7) });
  return all;
}

function onMemory(memory) {
  const ours = memory.filter(({ contender }) => contender === "ours");
  const large = ours.filter(({ total }) => total > 256 * MB);
  const wasm = ours.map((each) => each.wasm / MB);
  const all = large.map(({ size, total, peak }) => ({
    what: `${size}: the page's peak / decoded size`,
    ...atMost(peak / total, 0.5),
  }));
  if (ours.length > 0)
    all.push({ what: "wasm memory after the largest", ...atMost(Math.max(...wasm), 8, "MB") });
  const [small, largest] = ["1 MB", "1 GB"].map((label) => ours.find(({ size }) => size === label)?.wasm);
  if (small !== undefined && largest !== undefined)
    all.push({ what: "wasm memory, 1 GB − 1 MB", ...atMost((largest - small) / MB, 0, "MB") });
  return all;
}

function onLogs({ standings }) {
  if (!standings.ours || !standings[SCRIPT]) return [];
  const ms = (who) => (standings[who].cannot ? Number.NaN : standings[who].median);
  const ratio = ms("ours") / ms(SCRIPT);
  return [{ what: "200,000 log lines: ours / eventsource-parser", ...atMost(ratio, 1) }];
}

const FLATTEN = {
  "0.6 MB": { "bytes to text": 5, "bytes to object": 1.4, "text to object": 1 },
  "6 MB": { "bytes to text": 8, "bytes to object": 1.4, "text to object": 1 },
};

function onFlatten({ size, form, standings: { ours, reference } }) {
  const wanted = FLATTEN[size]?.[form];
  if (wanted === undefined) {
    const more = ours.median - reference.median;
    return [{ what: `flatten ${size}, ${form}: ours − reference`, ...atMost(more, 0.1, "ms") }];
  }
  const ratio = reference.median / ours.median;
  return [{ what: `flatten ${size}, ${form}: reference / ours`, ...atLeast(ratio, wanted) }];
}

/** The most milliseconds that a call may take. */
const LOOK = {
  "inspect 1,000 nodes": 10,
  "inspect 1,000 nodes, with definitions": 10,
  "convert 1,000 nodes": 30,
  "convert the largest template": 15,
};

function onLook({ what, median }) {
  return LOOK[what] === undefined ? [] : [{ what, ...atMost(median, LOOK[what], "ms") }];
}

function onPage({ median, table }) {
  return [
    { what: "1,000 nodes: the page's longest task", ...atMost(median, 100, "ms") },
    { what: "2,000 parameters: the table, whole", ...atMost(table.median, 300, "ms") },
  ];
}

function onDownload(sizes) {
  const gzip = sizes.find(({ name }) => name === "together").gzip / 1024;
  return [{ what: "download, gzip", ...atMost(gzip, 60, "KB") }];
}
