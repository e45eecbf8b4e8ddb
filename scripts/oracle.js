// Exports each workflow with ComfyUI's own page: `npm run oracle -- 1.49.6 1.58.1` exports all with these versions of the
// page and prints what differs from the recorded exports, from our conversion, and between the versions.
// `--only TEXT` selects the workflows whose name contains it. See tests/oracle/README.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { firstDifference, RULES } from "../tests/oracle/differences.js";
import { exportAll } from "../tests/oracle/export.js";
import { standIn } from "../tests/oracle/stand-in.js";
import { pageOf } from "../tests/oracle/wheels.js";
import { allWorkflows, objectInfo } from "../tests/oracle/workflows.js";
import { Failure, main, root, say, seconds } from "./run.js";

const RESULTS = join(root, ".cache", "oracle");
/** The most files that are listed for each rule. */
const MAX_SHOWN = 20;
const PACKAGE = new URL("../pkg/inspect-node.js", import.meta.url);

await main(async () => {
  const { versions, only } = readArguments(process.argv.slice(2));
  const asked = allWorkflows().filter(({ name }) => name.includes(only));
  if (asked.length === 0) throw new Failure(`no workflow's name contains "${only}"`);
  const classes = objectInfo();
  const ours = await convertAll(asked, classes);
  const made = [];
  for (const version of versions) made.push(await exportWith(version, asked, classes));
  for (const [index, version] of versions.entries()) {
    compare(
      `${version} compared with the recorded exports`,
      asked,
      made[index],
      asked.map(({ recorded }) => recorded),
    );
    compare(`${version} compared with toApiFormat`, asked, made[index], ours);
    if (index > 0)
      compare(`${version} compared with ${versions[index - 1]}`, asked, made[index], made[index - 1]);
  }
});

function readArguments(args) {
  const at = args.indexOf("--only");
  const only = at < 0 ? "" : args[at + 1];
  const versions = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  if (versions.length === 0 || only === undefined)
    throw new Failure("usage: npm run oracle -- VERSION… [--only TEXT]");
  return { versions, only };
}

async function exportWith(version, asked, classes) {
  const start = performance.now();
  const server = await standIn(await pageOf(version), classes);
  const made = [];
  try {
    for await (const result of exportAll(
      server.url,
      asked.map(({ workflow }) => workflow),
    ))
      made.push(result);
  } finally {
    await server.close();
  }
  const refused = made.filter((result) => "error" in result).length;
  say(`${version}: ${made.length - refused} of ${made.length} exported (${seconds(start)})`);
  keep(version, asked, made);
  return made;
}

/** Saves the exports for a closer look. */
function keep(version, asked, made) {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${version}.exports.json`);
  writeFileSync(
    file,
    JSON.stringify(Object.fromEntries(asked.map(({ name }, index) => [name, made[index]]))),
  );
}

async function convertAll(asked, classes) {
  const lib = await import(PACKAGE.href).catch((cause) => {
    throw new Failure(`the package is not built: npm run build (${cause.message})`);
  });
  await lib.default();
  const definitions = new lib.NodeDefinitions(classes);
  return Promise.all(asked.map(({ workflow }) => convert(lib, workflow, definitions)));
}

async function convert(lib, workflow, objectInfo) {
  try {
    return { prompt: JSON.parse((await lib.toApiFormat(workflow, { objectInfo })).json) };
  } catch (error) {
    return { error: String(error instanceof Error ? error.message : error) };
  }
}

/** Prints the differences by rule; `others` has null where there is nothing to compare with. */
function compare(title, asked, made, others) {
  const compared = asked.map((_, index) => index).filter((index) => others[index] !== null);
  const byRule = new Map();
  for (const index of compared) {
    const found = firstDifference(made[index], others[index]);
    if (found === null) continue;
    const files = byRule.get(found.rule) ?? [];
    byRule.set(found.rule, [...files, `${asked[index].name}: ${found.where}`]);
  }
  const different = [...byRule.values()].flat().length;
  say(`\n${title}: ${compared.length - different} of ${compared.length} the same`);
  for (const rule of RULES.filter((rule) => byRule.has(rule))) {
    const files = byRule.get(rule);
    say(`  ${rule}: ${files.length}`);
    for (const file of files.slice(0, MAX_SHOWN)) say(`    ${file}`);
    if (files.length > MAX_SHOWN) say(`    and ${files.length - MAX_SHOWN} more`);
  }
}
