// Updates what readers see from benches/results.json: the charts, the README's table and the guide's section on speed.
// `npm run bench` does this at its end; `npm run bench -- --chart` does nothing else.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Failure, root, say } from "../scripts/run.js";
import { writeCharts } from "./chart.js";
import * as figures from "./figures.js";
import { JAVASCRIPT, memory, OURS, REFERENCE, time } from "./figures.js";

export const RESULTS = "benches/results.json";

/** The section between the marks of each file. */
export const TEXTS = {
  "README.md": readmeTable,
  "docs/site/guide/speed-and-size.md": guideSection,
};
const [BEGIN, END] = ["<!-- npm run bench writes from here … -->", "<!-- … to here -->"];

export function readResults() {
  return JSON.parse(readFileSync(join(root, RESULTS), "utf8"));
}

/** Writes charts and texts. @param {figures.Results} results */
export function publish(results) {
  const charts = writeCharts(results);
  for (const [path, write] of Object.entries(TEXTS)) {
    const file = join(root, path);
    writeFileSync(file, withSection(readFileSync(file, "utf8"), path, write(results)));
  }
  say(`bench: ${[...charts, ...Object.keys(TEXTS)].join(", ")} show these results.`);
}

/** Replaces the section between a file's marks. */
export function withSection(text, path, section) {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Failure(`${path} lacks the lines ${BEGIN} and ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n${section}\n${text.slice(to)}`;
}

function readmeTable(results) {
  const result = (size, who) => time(figures.resultTime(results, size, who));
  const page = (size, who) => memory(figures.resultMemory(results, size, who));
  return table(
    [
      "a result, decoded into a `File`",
      "**time**",
      "plain JavaScript",
      "**page memory**",
      "plain JavaScript",
    ],
    MEMORY_SIZES.map((size) => [
      size,
      `**${result(size, OURS)}**`,
      result(size, JAVASCRIPT),
      `**${page(size, OURS)}**`,
      page(size, JAVASCRIPT),
    ]),
  );
}

const RESULT_SIZES = ["8 MB", "64 MB", "256 MB", "1 GB", "16 × 64 MB"];
const MEMORY_SIZES = ["64 MB", "256 MB", "1 GB"];
const FLATTENED = [
  ["0.6 MB", "bytes to text"],
  ["0.6 MB", "bytes to object"],
  ["0.6 MB", "text to object"],
  ["34 KB", "bytes to object"],
];

function guideSection(results) {
  const { machine, versions } = results;
  const chromium = versions.chromium.split(".")[0];
  return [
    `Measured in Chromium ${chromium} on ${machine.cores} cores of an ${machine.cpu}, with the local endpoint on the same machine.`,
    "",
    table(
      ["a result, decoded into a `File`", "limit", "floor", "**this package**", "JavaScript", "reference"],
      RESULT_SIZES.map((size) => resultRow(results, size)),
    ),
    "",
    table(
      ["memory of the page for it", "**this package**", "JavaScript", "reference"],
      MEMORY_SIZES.map((size) => row(size, (who) => memory(figures.resultMemory(results, size, who)))),
    ),
    "",
    `The wasm memory is at most ${(figures.wasmMemory(results) / 1024 / 1024).toFixed(1)} MB after each of them.`,
    "",
    table(
      ["", "**this package**", "JavaScript", "reference"],
      [
        row("200,000 log lines, one `onLog` call each", (who) => time(figures.logTime(results, who))),
        ...FLATTENED.map(([size, form]) =>
          row(`flatten ${size}, ${form}`, (who) => time(figures.flattenTime(results, size, form, who))),
        ),
        ...results.look.map(({ what, median }) => [what, `**${time(median)}**`, "–", "–"]),
        ["`init()` from a warm cache", `**${time(results.init.warm.median)}**`, "–", "–"],
      ],
    ),
  ].join("\n");
}

function resultRow(results, size) {
  const [name, ...contenders] = row(size, (who) => time(figures.resultTime(results, size, who)));
  const limit = time(figures.resultTime(results, size, "limit"));
  return [name, limit, time(figures.floorTime(results, size)), ...contenders];
}

const row = (name, cell) => [name, `**${cell(OURS)}**`, cell(JAVASCRIPT), cell(REFERENCE)];

function table(titles, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)]
    .join("\n")
    .replaceAll("|  |", "| |");
}
