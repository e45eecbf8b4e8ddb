// The benchmark: `npm run bench`. Runs the contenders in turn in Chromium against the local endpoint, prints tables of
// medians and writes benches/results.json.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ensureBrowser } from "../scripts/browser.js";
import { build } from "../scripts/build.js";
import { main, root, say, seconds } from "../scripts/run.js";
import { ensurePackages } from "../scripts/setup.js";
import { withBrowser } from "./browser.js";
import { bundlePage } from "./bundle.js";
import { prepareEndpoint, startEndpoint } from "./endpoint.js";
import { HELP, readFlags } from "./flags.js";
import { machineFacts, versionFacts } from "./machine.js";
import { publish, RESULTS, readResults } from "./published.js";
import { measureFlatten } from "./suites/flatten.js";
import { measureInit } from "./suites/init.js";
import { measureLogs } from "./suites/logs.js";
import { measureLook } from "./suites/look.js";
import { measureMemory } from "./suites/memory.js";
import { measurePage } from "./suites/page.js";
import { measureProxy } from "./suites/proxy.js";
import { measureResults } from "./suites/results.js";
import { measureDownload } from "./suites/sizes.js";
import { printTable } from "./table.js";
import { passed, verdictsOn } from "./verdicts.js";

const SUITES = {
  results: measureResults,
  memory: measureMemory,
  logs: measureLogs,
  flatten: measureFlatten,
  look: measureLook,
  page: measurePage,
  proxy: measureProxy,
  init: measureInit,
  sizes: measureDownload,
};

/** A load average above this means that something else is running on the machine. */
const BUSY = 0.7;

await main(async () => {
  const flags = readFlags(process.argv.slice(2));
  if (!flags) return say(HELP);
  if (flags.chart) return publish(readResults());
  await prepare(flags);
  const endpoint = await startEndpoint();
  try {
    await measure({ url: endpoint.url, source: await bundlePage(), headed: flags.headed }, flags);
  } finally {
    await endpoint.close();
  }
});

async function prepare({ asBuilt }) {
  await ensurePackages();
  if (!asBuilt) await build();
  await prepareEndpoint();
  await ensureBrowser();
}

async function measure(setting, flags) {
  const start = performance.now();
  const chromium = await withBrowser(setting, async (browser) => browser.version);
  const machine = machineFacts();
  const versions = versionFacts(chromium);
  say(`\nbench: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}`);
  say(`bench: Chromium ${chromium}; keep the machine idle.`);
  if (machine.load > BUSY) say(`bench: the machine is busy (load ${machine.load}): the figures will be off.`);
  const measured = {};
  for (const suite of flags.suites) measured[suite] = await SUITES[suite](setting, flags, measured.results);
  const verdicts = verdictsOn(measured);
  printVerdicts(verdicts);
  const facts = { date: new Date().toISOString(), command: commandOf(), machine, versions };
  write(flags, { ...facts, ...measured, verdicts });
  say(`bench: done in ${seconds(start)}.`);
}

function commandOf() {
  return ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(" ");
}

function printVerdicts(verdicts) {
  const rows = verdicts.map((each) => {
    const { what, measured, sense, wanted, unit } = each;
    const number = Number.isNaN(measured) ? "none" : measured.toFixed(2);
    return [what, number, `${sense} ${wanted} ${unit}`.trimEnd(), passed(each) ? "pass" : "MISS"];
  });
  printTable("goals", ["", "measured", "wanted", ""], rows);
}

/** The results of a partial run must not replace those of a full one. */
function write(flags, results) {
  const path = flags.complete ? RESULTS : ".cache/bench-results.json";
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `${JSON.stringify(results, null, 2)}\n`);
  say(`\nbench: written to ${path}`);
  if (flags.complete) publish(results);
}
