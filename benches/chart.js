// The chart of speed and memory for the guide, drawn from benches/results.json: docs/speed-light.svg and -dark.svg.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../scripts/run.js";
import { JAVASCRIPT, memory, OURS, resultMemory, resultTime, time } from "./figures.js";

const LOOKS = {
  light: { text: "#1c1b19", muted: "#5f5a53", ours: "#0f766e", other: "#b8b1a7", line: "#dcd7cf" },
  dark: { text: "#f0eeea", muted: "#aaa49b", ours: "#2dd4bf", other: "#5f5a53", line: "#3a3835" },
};
const LOOK_NAMES = /** @type {(keyof typeof LOOKS)[]} */ (Object.keys(LOOKS));
const SIZES = ["64 MB", "256 MB", "1 GB"];
const BARS = [
  { who: OURS, name: "viewcomfy-wasm", fill: "ours" },
  { who: JAVASCRIPT, name: "plain JavaScript", fill: "other" },
];
const PANELS = [
  { title: "Time until the File is there", measure: resultTime, write: time },
  { title: "Memory of the page", measure: resultMemory, write: memory },
];

const WIDTH = 720;
const HEIGHT = 258;
const PANEL = 340;
const LABELS = 58;
/** The space that the longest bar leaves for its figure. */
const ROOM = 72;
const BAR = 16;
const GROUP = 2 * BAR + 20;
const TOP = 92;

/** Writes both charts. @param {import("./figures.js").Results} results @returns {string[]} their paths */
export function writeCharts(results) {
  return LOOK_NAMES.map((look) => {
    const path = chartPath(look);
    writeFileSync(join(root, path), drawChart(results, look));
    return path;
  });
}

export const chartPath = (look) => `docs/speed-${look}.svg`;

/** @param {import("./figures.js").Results} results @param {keyof typeof LOOKS} look */
export function drawChart(results, look) {
  const colours = LOOKS[look];
  const panels = PANELS.map((panel, at) => drawPanel(results, panel, at * (WIDTH - PANEL), colours));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" font-size="13">
<title>Time and memory for one result, viewcomfy-wasm and plain JavaScript</title>
<desc>${describe(results)}</desc>
${text(0, 18, "A result of a run, decoded into a File, in Chromium", { fill: colours.text, weight: 600, size: 15 })}
${drawLegend(colours)}
${panels.join("\n")}
</svg>
`;
}

function describe(results) {
  const lines = PANELS.flatMap(({ title, measure, write }) =>
    SIZES.map((size) => {
      const figures = BARS.map(({ who, name }) => `${name} ${said(measure(results, size, who), write)}`);
      return `${title}, ${size}: ${figures.join(", ")}.`;
    }),
  );
  return lines.join(" ");
}

const said = (value, write) => (value === null ? "not possible" : write(value));

function drawLegend(colours) {
  let x = 0;
  return BARS.map(({ name, fill }) => {
    const mark = `<rect x="${x}" y="34" width="12" height="12" rx="2" fill="${colours[fill]}"/>`;
    const words = text(x + 18, 45, name, { fill: colours.muted });
    x += 160;
    return mark + words;
  }).join("\n");
}

function drawPanel(results, { title, measure, write }, left, colours) {
  const values = SIZES.map((size) => BARS.map(({ who }) => measure(results, size, who)));
  const longest = Math.max(...values.flat().map((value) => value ?? 0));
  const scale = (PANEL - LABELS - ROOM) / longest;
  const axis = left + LABELS;
  const rows = SIZES.map((size, row) => {
    const y = TOP + row * GROUP;
    const bars = BARS.map(({ fill }, at) =>
      drawBar(values[row][at], write, {
        x: axis,
        y: y + at * (BAR + 2),
        scale,
        fill: colours[fill],
        colours,
      }),
    );
    return text(left, y + BAR + 5, size, { fill: colours.muted }) + bars.join("");
  });
  const line = `<path d="M${axis - 0.5} ${TOP - 6}V${TOP + SIZES.length * GROUP - 12}" stroke="${colours.line}"/>`;
  return [text(left, 74, title, { fill: colours.text, weight: 600 }), line, ...rows].join("\n");
}

function drawBar(value, write, { x, y, scale, fill, colours }) {
  if (value === null)
    return text(x + 6, y + 12.5, "not possible: strings end at 512 MB", { fill: colours.muted, size: 12 });
  const width = Math.max(2, value * scale).toFixed(1);
  const bar = `<rect x="${x}" y="${y}" width="${width}" height="${BAR}" rx="2" fill="${fill}"/>`;
  return bar + text(x + Number(width) + 6, y + 12.5, write(value), { fill: colours.text, size: 12 });
}

function text(x, y, words, { fill, weight = 400, size = 13 }) {
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}">${words}</text>`;
}
