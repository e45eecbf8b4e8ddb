// The reviewed public API without comments: stored in tests/types/surface/ and compared by the tests. `npm run surface`
// rewrites it after an intended change.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { isMain, root, say } from "./run.js";

/** The directory of the reviewed copies. */
export const REVIEWED = join("tests", "types", "surface");

/** The published declarations by file name, without comments and uniformly formatted. @returns {Map<string, string>} */
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
  say(`surface: ${REVIEWED} now matches what pkg/ declares. Read the difference before you commit it.`);
}

if (isMain(import.meta.url)) write();
