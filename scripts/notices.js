// Writes pkg/THIRD-PARTY-NOTICES.txt: whose code is in the package, and under which licence. The MIT licence requires its
// text, which is included once, and each author's copyright line. Node built-ins only.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Failure, root } from "./run.js";

const PACKAGE = "viewcomfy-wasm";
const TARGET = "wasm32-unknown-unknown";
const MADE = join("pkg", "THIRD-PARTY-NOTICES.txt");
/** Licence files: the first one that a crate has is used, since the crate may be used under any of them. */
const FILES = [/^licen[sc]e-mit/i, /^licen[sc]e(?:\.\w+)?$/i, /^copying/i, /^licen[sc]e/i];
const BESIDES = /^licen[sc]e-(?!mit|apache)/i;
const GRANT = "Permission is hereby granted";
const HEAD = `The WebAssembly files of viewcomfy-wasm hold code of the crates below and of Rust's standard library
(https://github.com/rust-lang/rust, by the Rust Project Developers). All of it is used under the MIT licence, whose text
stands at the end, unless the crate's entry has a text of its own. The JavaScript holds what is named behind the crates.
`;
/** npm packages whose code esbuild puts into the entries and the page; all of them under the MIT licence. */
const BUNDLED = ["fastest-levenshtein", "@dagrejs/dagre", "@dagrejs/graphlib", "client-zip"];

/** @param {string} cargo the command that compiles for wasm */
export function writeNotices(cargo) {
  const text = noticesOf(cratesIn(metadataFrom(cargo)));
  writeFileSync(join(root, MADE), text);
}

function metadataFrom(cargo) {
  const args = ["metadata", "--format-version", "1", "--all-features", "--filter-platform", TARGET];
  const options = { cwd: root, encoding: /** @type {const} */ ("utf8"), maxBuffer: 2 ** 28 };
  const { status, stdout, stderr } = spawnSync(cargo, args, options);
  if (status !== 0) throw new Failure(`cargo could not list the crates: ${stderr}`);
  return JSON.parse(stdout);
}

/**
 * The crates that the library is linked with. Those of macros only generate code and are not linked.
 *
 * @param {{ packages: any[], resolve: { nodes: any[] } }} metadata of cargo
 */
export function cratesIn({ packages, resolve }) {
  const byId = new Map(packages.map((each) => [each.id, each]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const [own] = packages.filter(({ name, source }) => name === PACKAGE && source === null);
  const found = new Set();
  const ahead = [own.id];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (found.has(id) || isMacro(byId.get(id))) continue;
    found.add(id);
    const normal = nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null));
    ahead.push(...normal.map(({ pkg }) => pkg));
  }
  const foreign = [...found].map((id) => byId.get(id)).filter(({ source }) => source !== null);
  return foreign.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isMacro({ targets }) {
  return targets.some(({ kind }) => kind.includes("proc-macro"));
}

/** @param {any[]} crates */
export function noticesOf(crates) {
  const licences = crates.map((crate) => ({ crate, ...licenceOf(crate) }));
  const texts = licences.map(({ text }) => grantOf(text ?? ""));
  const mit = commonest(texts.filter(Boolean));
  const entries = licences.map((licence) => entryFor(licence, mit));
  return `${[HEAD, ...entries, ...BUNDLED.map(bundledEntry), `The MIT licence:\n\n${mit}`].join("\n")}\n`;
}

/** @param {string} name of an npm package */
function bundledEntry(name) {
  const directory = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const file = readdirSync(directory).find((each) => /^licen[sc]e/i.test(each));
  if (license !== "MIT" || file === undefined) throw new Failure(`${name} ${version} lacks the MIT licence`);
  const lines = readFileSync(join(directory, file), "utf8").split("\n");
  const copyright = lines.map((line) => line.trim()).filter((line) => /^copyright/i.test(line));
  return `${name} ${version} (${license}), from npm\n${copyright.map((line) => `  ${line}\n`).join("")}`;
}

function entryFor({ crate, text, more }, mit) {
  const { name, version, license, repository, authors } = crate;
  const head = `${name} ${version} (${license}), ${repository}`;
  if (text === undefined) {
    if (!/\bMIT\b/.test(license)) throw new Failure(`${name} ${version} lacks the text of its licence`);
    return `${head}\n  Copyright (c) ${authors.join(", ")}\n`;
  }
  const grant = grantOf(text);
  if (oneLine(grant) !== oneLine(mit)) return `${head}\n\n${indented(text)}\n`;
  const lines = text.slice(0, text.indexOf(GRANT)).split("\n");
  const copyright = lines.map((line) => line.trim()).filter((line) => /^copyright/i.test(line));
  const whose = copyright.length > 0 ? copyright : [`by ${authors.join(", ")}`];
  return [head, ...whose.map((line) => `  ${line}`), "", ...more.map((each) => `${indented(each)}\n`)].join(
    "\n",
  );
}

/** A crate's licence texts: the MIT licence's, if there is one, and those of licences that apply in addition ("AND"). */
function licenceOf({ manifest_path, license }) {
  const folder = dirname(manifest_path);
  const names = readdirSync(folder);
  const read = (name) => readFileSync(join(folder, name), "utf8").replaceAll("\r", "").trim();
  const file = FILES.map((pattern) => names.find((name) => pattern.test(name))).find(Boolean);
  const besides = /\bAND\b/.test(license) ? names.filter((name) => BESIDES.test(name)) : [];
  return { text: file && read(file), more: besides.map(read) };
}

/** The MIT licence without its title and copyright line; empty for another licence. */
function grantOf(text) {
  const at = text.indexOf(GRANT);
  return at < 0 ? "" : text.slice(at);
}

function commonest(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [[most]] = [...counts].sort(([, a], [, b]) => b - a);
  return most;
}

function oneLine(text) {
  return text.split(/\s+/).join(" ").toLowerCase();
}

function indented(text) {
  return text
    .split("\n")
    .map((line) => (line ? `  ${line}` : line))
    .join("\n");
}
