// Finds Rust files that import each other in a cycle, which neither the compiler nor Clippy reports. Reads the `use`
// lines: a `mod` line is not a use, because a parent always names its children, a re-export counts as a use of the file
// it comes from, and tests inside a file are skipped. `node scripts/rust-circles.js [directory]` shows what it finds.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { isMain, root, say } from "./run.js";
import { filesUnder } from "./stamp.js";

/** One sentence for each cycle among the files of a crate. @param {string} source its directory of sources */
export function findRustCircles(source) {
  const files = filesUnder(source).filter((file) => file.endsWith(".rs"));
  const uses = new Map(files.map((file) => [file, usedBy(file, source)]));
  return circlesIn(uses).map((circle) => `files import each other in a cycle: ${circle.sort().join(", ")}`);
}

/** The files that a file's `use` lines name. */
function usedBy(file, source) {
  const found = importsOf(file).map(({ path }) => homeOf(path.split("::"), file, source));
  return new Set(found.filter((used) => used !== null && used !== file));
}

/** Each path that a file uses, and whether it is a re-export. */
function importsOf(file) {
  const [text] = readFileSync(join(root, file), "utf8").split("#[cfg(test)]\nmod ");
  return text.split(";").flatMap((statement) => {
    const at = lineOfUse(statement);
    if (at === null) return [];
    const tree = statement.slice(at.start).split("use ").slice(1).join("use ");
    return pathsOf(tree.replaceAll("\n", " ")).map((path) => ({ path, isExport: at.isExport }));
  });
}

/** Where a `use` statement begins in a text that ends with one, and whether it is public; null if it is another statement. */
function lineOfUse(statement) {
  let start = 0;
  for (const line of statement.split("\n")) {
    const words = line.trimStart();
    const isExport = words.startsWith("pub") && words.includes(" use ");
    if (isExport || words.startsWith("use ")) return { start, isExport };
    start += line.length + 1;
  }
  return null;
}

/** The file that defines the last name of a path; null if it is in another crate. */
function homeOf(path, file, source) {
  const target = fileOf(path, file, source);
  if (target === null || target === file) return target;
  const exported = importsOf(target).find((use) => use.isExport && use.path.endsWith(`::${path.at(-1)}`));
  return exported ? homeOf(exported.path.split("::"), target, source) : target;
}

/** The single paths of a tree such as `a::{b, c::{d, e}}`. */
function pathsOf(tree) {
  const open = tree.indexOf("{");
  if (open < 0) return [tree.replace(/ as .*/, "").trim()];
  const prefix = tree.slice(0, open).trim();
  return branchesOf(tree.slice(open + 1, tree.lastIndexOf("}"))).flatMap((branch) =>
    pathsOf(branch).map((path) => prefix + path),
  );
}

/** The text between the commas that are not inside braces. */
function branchesOf(text) {
  const branches = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === "," && depth === 0) branches.push("");
    else branches[branches.length - 1] += character;
  }
  return branches.map((branch) => branch.trim()).filter(Boolean);
}

/** The file of the innermost module that a path names; null if it is in another crate. */
function fileOf(path, file, source) {
  const [first, ...rest] = path;
  if (first === "crate") return innermost(source, rest, null);
  const own = childrenOf(file);
  if (first === "self") return innermost(own, rest, file);
  if (first !== "super") return innermost(own, path, null);
  const parent = rest[0] === "super" ? dirname(dirname(own)) : dirname(own);
  return innermost(parent, rest[0] === "super" ? rest.slice(1) : rest, moduleAt(parent));
}

/** Where a file's child modules are. */
function childrenOf(file) {
  return /\/(?:mod|lib|main)\.rs$/.test(file) ? dirname(file) : file.replace(/\.rs$/, "");
}

function innermost(directory, names, otherwise) {
  const [name, ...rest] = names;
  if (name === undefined) return otherwise;
  const module = moduleAt(`${directory}/${name}`);
  return module === null ? otherwise : innermost(`${directory}/${name}`, rest, module);
}

function moduleAt(path) {
  return [`${path}.rs`, `${path}/mod.rs`].find((file) => existsSync(join(root, file))) ?? null;
}

/**
 * Groups of two or more files that reach each other: Tarjan's strongly connected components.
 *
 * @param {Map<string, Set<string>>} uses
 */
function circlesIn(uses) {
  const order = new Map();
  const low = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const circles = [];
  const visit = (file) => {
    order.set(file, order.size);
    low.set(file, order.get(file));
    stack.push(file);
    for (const next of uses.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle);
  };
  for (const file of uses.keys()) if (!order.has(file)) visit(file);
  return circles;
}

if (isMain(import.meta.url)) for (const circle of findRustCircles(process.argv[2] ?? "src")) say(circle);
