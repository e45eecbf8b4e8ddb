// How long inspection and conversion take: for a thousand nodes, and for the largest template.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/run.js";
import { withBrowser } from "../browser.js";
import { INSPECTION } from "../bundle.js";
import { lookRounds } from "../in-page.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";

const ROUNDS = 41;
const SHARED = join(root, "..", "shared", "comfyui");
const TEMPLATES = [
  join(SHARED, "convert", "templates"),
  join(root, "tests", "fixtures", "convert", "templates"),
];

/** @returns {Promise<object[]>} one entry per call */
export async function measureLook(setting, flags) {
  const objectInfo = join(SHARED, "object_info.json");
  const given = {
    objectInfo: existsSync(objectInfo) ? readFileSync(objectInfo, "utf8") : null,
    template: largestTemplate(),
  };
  const times = await withBrowser(setting, async (browser) =>
    lookRounds(await browser.page(), INSPECTION, given, flags.rounds ? flags.rounds * 5 : ROUNDS),
  );
  const all = Object.entries(times).map(([what, each]) => ({ what, ...standing(each) }));
  printTable(
    "looking into workflows, ms per call",
    ["", "median", "min"],
    all.map(({ what, median, min }) => [what, median.toFixed(1), min.toFixed(1)]),
  );
  return all;
}

function largestTemplate() {
  const directory = TEMPLATES.find((each) => existsSync(each));
  if (!directory) return null;
  const files = readdirSync(directory).filter((name) => name.endsWith(".ui.json"));
  const paths = files.map((name) => join(directory, name));
  const [largest] = paths.sort((a, b) => statSync(b).size - statSync(a).size);
  return readFileSync(largest, "utf8");
}
