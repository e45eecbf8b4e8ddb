// The published surface without its comments, as it was reviewed: kept in tests/types/surface/ and compared by the tests.
// `npm run surface` rewrites it after a change that was meant.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { isMain, root, say } from "./run.js";

/** Where the reviewed copies are. */
export const REVIEWED = join("tests", "types", "surface");

/** The published declarations by file name, comments removed and printed in one way. @returns {Map<string, string>} */
export function readSurface() {
  const printer = ts.createPrinter({ removeComments: true });
  const names = readdirSync(join(root, "pkg")).filter((name) => name.endsWith(".d.ts"));
  return new Map(names.sort().map((name) => [name, printer.printFile(parse(name))]));
}

function parse(name) {
  const text = readFileSync(join(root, "pkg", name), "utf8");
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2023);
}

function write() {
  rmSync(join(root, REVIEWED), { recursive: true, force: true });
  mkdirSync(join(root, REVIEWED), { recursive: true });
  for (const [name, text] of readSurface()) writeFileSync(join(root, REVIEWED, name), text);
  say(`surface: ${REVIEWED} is what pkg/ declares now. Read the difference before you commit it.`);
}

if (isMain(import.meta.url)) write();
