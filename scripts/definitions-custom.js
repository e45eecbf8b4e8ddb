// Generates pkg/definitions-custom.json, the classes of custom nodes that `toApiFormat` knows without a server, and the notice
// beside it: `node scripts/definitions-custom.js DIRECTORY`. Node built-ins only.
//
// The directory contains data that was gathered from public node packs. The data in scripts/custom-nodes is added for packs
// and files that it lacks, and for a pack from the last commit under a licence that allows it:
//
// - `object_info.json`, here as `.gz`: the classes in the format of a server's `/object_info`; `python_module` is the repository.
// - `older_shapes.json`: `{class: [{pack, date, input}, …]}`, the inputs of earlier versions of a class, newest first.
// - `counts.tsv`: files, nodes and class: how often public workflows use it.
// - `SOURCES.tsv`: pack, repository, commit, date and licence.
//
// The file is `{"classes": {"<class>": {…}, …}}`. A class has `input` and `output` as in `/object_info`, and:
//
// - `output_node`: true if it is an output node; absent otherwise.
// - `older`: the earlier shapes of `input`, newest first, if the class has had others. They differ from `input` and from
//   each other in the names, types or order of the inputs, and thus in how saved values are read. Outputs are the class's.
//
// A combo's choices are complete if their JSON text is short, otherwise only the first is kept; `[]` if a server fills them
// in. Classes are grouped by pack, and in a pack by what they have in common, since such classes compress best together.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { besideAlike } from "./definitions-order.js";
import {
  gzipSize,
  mapped,
  parseExact,
  printExact,
  trimmedInputs,
  writeDefinitions,
} from "./definitions-trimmed.js";
import { Failure, main, root, say } from "./run.js";

const NAME = "definitions-custom.json";
const NOTICE = "definitions-custom.NOTICE";
const OWN = "definitions.json";

/** The size limit of the file: as many classes are included as fit. */
const MAX_GZIP = 120_000;
/** Longer lists of choices are cut to the first one. */
const MAX_CHOICES_LENGTH = 60;

/** Packs under other licences are left out: none stated, non-commercial, or with conditions on who may use it. */
const LICENCES = new Map([
  ["MIT", "MIT"],
  ["pyproject: MIT", "MIT"],
  ["BSD", "BSD"],
  ["Apache-2.0", "Apache-2.0"],
  ["GPL-2.0", "GPL-2.0"],
  ["GPL-3.0", "GPL-3.0"],
]);

await main(() => {
  const [directory] = process.argv.slice(2);
  if (!directory) throw new Failure("usage: node scripts/definitions-custom.js DIRECTORY");
  const facts = readFacts([directory, join(root, "scripts/custom-nodes")]);
  const ranked = rank(facts);
  const count = mostThatFit(ranked, facts);
  const names = ranked.slice(0, count);
  writeDefinitions(NAME, definitionsOf(names, facts));
  writeFileSync(join(root, "pkg", NOTICE), notice(names, facts));
  say(coverage(names, facts));
});

/** The data of all directories; if several have a class or a source, the first one counts. */
function readFacts(directories) {
  const rows = (name) => directories.flatMap((from) => readRows(from, name));
  const needed = new Map();
  for (const [files, nodes, name] of rows("counts.tsv")) {
    const before = needed.get(name) ?? { files: 0, nodes: 0 };
    needed.set(name, { files: before.files + Number(files), nodes: before.nodes + Number(nodes) });
  }
  const sources = byRepository(rows("SOURCES.tsv"));
  const licensed = directories.map((from) => readLicensed(from, sources));
  return {
    classes: Object.assign({}, ...licensed.map(({ classes }) => classes).reverse()),
    older: joined(licensed.map(({ older }) => older)),
    needed,
    sources,
    own: new Set(Object.keys(JSON.parse(readFileSync(join(root, "pkg", OWN), "utf8")).classes)),
  };
}

/**
 * The classes and earlier shapes of a directory that may be used. A pack can have changed its licence between the versions
 * that two directories have, so a directory's own row counts, and those of all only for packs of which it has none.
 */
function readLicensed(directory, sources) {
  const rows = readRows(directory, "SOURCES.tsv");
  const here = byRepository(rows);
  const isNamedHere = new Set(rows.map(([, repository]) => repository));
  const mayBeUsed = (pack) => (isNamedHere.has(pack) ? here : sources).has(pack);
  const classes = Object.entries(readPacked(directory, "object_info.json"));
  return {
    classes: Object.fromEntries(classes.filter(([, { python_module }]) => mayBeUsed(python_module))),
    older: mapped(readPacked(directory, "older_shapes.json"), (shapes) =>
      shapes.filter(({ pack }) => mayBeUsed(pack)),
    ),
  };
}

/** The sources that may be used, by repository; of several rows the first one, which is the newest. */
function byRepository(rows) {
  const sources = new Map();
  for (const [, repository, commit, date, stated] of rows) {
    const licence = LICENCES.get(stated);
    if (licence && !sources.has(repository)) sources.set(repository, { commit, date, licence });
  }
  return sources;
}

/** The shapes of each class in all directories, newest first. */
function joined(shapes) {
  const names = new Set(shapes.flatMap(Object.keys));
  const ofClass = (name) => shapes.flatMap((ofDirectory) => ofDirectory[name] ?? []);
  const newestFirst = (left, right) => right.date.localeCompare(left.date);
  return Object.fromEntries([...names].map((name) => [name, ofClass(name).sort(newestFirst)]));
}

/** A file of a directory, plain or gzipped; an empty object if it has neither. */
function readPacked(directory, name) {
  const path = join(directory, name);
  if (existsSync(path)) return parseExact(readFileSync(path, "utf8"));
  return existsSync(`${path}.gz`) ? parseExact(gunzipSync(readFileSync(`${path}.gz`)).toString()) : {};
}

/** The rows of a table without its header. */
function readRows(directory, name) {
  const lines = readFileSync(join(directory, name), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((row) => row.split("\t"));
}

/**
 * The names of the classes that may be bundled, most used first. After the counted ones come the others: packs of which
 * the largest share is used come first, and small ones, of which more fit.
 */
function rank({ classes, needed, own }) {
  const packOf = (name) => classes[name].python_module;
  const names = Object.keys(classes).filter((name) => !own.has(name));
  const shares = sharesNeeded(names, packOf, needed);
  const keys = new Map(
    names.map((name) => {
      const { files = 0, nodes = 0 } = needed.get(name) ?? {};
      return [name, [files, nodes, (shares.get(packOf(name)) ?? 0) / printExact(classes[name].input).length]];
    }),
  );
  return names.sort((left, right) => byNeed(keys.get(left), keys.get(right)));
}

/** The share of each pack's classes that has a count. */
function sharesNeeded(names, packOf, needed) {
  const packs = new Map();
  for (const name of names) {
    const pack = packs.get(packOf(name)) ?? { all: 0, counted: 0 };
    pack.all += 1;
    if (needed.has(name)) pack.counted += 1;
    packs.set(packOf(name), pack);
  }
  // Half a class more, so that packs without a counted class are sorted by their size.
  return new Map([...packs].map(([pack, { all, counted }]) => [pack, (counted + 0.5) / all]));
}

function byNeed(left, right) {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at === -1 ? 0 : right[at] - left[at];
}

function mostThatFit(ranked, facts) {
  let [fits, over] = [0, ranked.length + 1];
  while (over - fits > 1) {
    const count = Math.floor((fits + over) / 2);
    if (gzipSize(printExact(definitionsOf(ranked.slice(0, count), facts))) < MAX_GZIP) fits = count;
    else over = count;
  }
  return fits;
}

function definitionsOf(names, facts) {
  const packOf = (name) => facts.classes[name].python_module;
  const packs = new Map();
  for (const name of [...names].sort()) packs.set(packOf(name), [...(packs.get(packOf(name)) ?? []), name]);
  const classes = Object.fromEntries(names.map((name) => [name, trimmedClass(name, facts)]));
  const ordered = [...packs.values()].flatMap((ofPack) => besideAlike(ofPack, classes));
  return { classes: Object.fromEntries(ordered.map((name) => [name, classes[name]])) };
}

function trimmedClass(name, { classes, older }) {
  const { input, output, output_node } = classes[name];
  const inputs = [input, ...(older[name] ?? []).map((shape) => shape.input)];
  const [newest, ...others] = distinct(inputs.map((shape) => trimmedInputs(shape, shortChoices)));
  return {
    input: newest,
    output,
    ...(output_node && { output_node }),
    ...(others.length > 0 && { older: others }),
  };
}

/** Keeps one of the shapes that read the same values in the same way: a different default or bound does not matter. */
function distinct(shapes) {
  const byReading = new Map();
  for (const shape of shapes) {
    const reading = JSON.stringify(readingOf(shape));
    if (!byReading.has(reading)) byReading.set(reading, shape);
  }
  return [...byReading.values()];
}

function readingOf(shape) {
  return Object.values(shape).flatMap((section) =>
    Object.entries(section).map(([name, [type, options = {}]]) => {
      const { default: _default, min: _min, max: _max, step: _step, round: _round, ...rest } = options;
      return [name, Array.isArray(type) ? "COMBO" : type, rest];
    }),
  );
}

function shortChoices(choices) {
  return printExact(choices).length <= MAX_CHOICES_LENGTH ? choices : choices.slice(0, 1);
}

function notice(names, { classes, older, sources }) {
  const counts = new Map();
  const count = (repository) => counts.set(repository, (counts.get(repository) ?? 0) + 1);
  for (const name of names) {
    const packs = (older[name] ?? []).map(({ pack }) => pack);
    new Set([classes[name].python_module, ...packs]).forEach(count);
  }
  const lines = [...counts].sort().map(([repository, number]) => {
    const { licence, commit, date } = sources.get(repository);
    return `${repository}\t${licence}\t${commit}\t${date}\t${number}`;
  });
  return `${NAME} states facts about classes of custom nodes for ComfyUI: names, types, ranges and short lists of
choices of their inputs, and the types of their outputs. It holds no code, descriptions or tooltips of these packs.
The facts were read from the public repositories below, each under the licence that it states.

repository\tlicence\tcommit\tdate\tclasses
${lines.join("\n")}
`;
}

/** How much of what public workflows use is in the file. */
function coverage(names, { needed }) {
  const bundled = new Set(names);
  const all = [...needed];
  const nodes = (rows) => rows.reduce((sum, [, count]) => sum + count.nodes, 0);
  const covered = all.filter(([name]) => bundled.has(name));
  const share = ((100 * nodes(covered)) / nodes(all)).toFixed(1);
  return `${covered.length} of the ${all.length} counted classes, ${share} % of their nodes`;
}
