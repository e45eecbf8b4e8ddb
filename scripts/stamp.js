// Checks whether a step's inputs have changed since it last succeeded. Node built-ins only.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { root } from "./run.js";

const stampFile = (name) => join(root, ".cache", `${name}.stamp`);

/** All files under the given paths (files or directories, relative to the root), sorted; missing ones are left out. */
export function filesUnder(...paths) {
  return paths.flatMap(walk).sort();
}

function walk(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => walk(`${path}/${name}`));
}

/** A hash of the names and contents of files, and of other data such as a compiler's version. */
export function hashOf(files, ...facts) {
  const hash = createHash("sha256");
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Whether the step's last success had this hash and all of its output still exists. */
export function isUpToDate(name, hash, made) {
  const file = stampFile(name);
  if (!existsSync(file) || readFileSync(file, "utf8") !== hash) return false;
  return made.every((path) => existsSync(join(root, path)));
}

/** Forgets the step's last success; called before it runs, so that a failed run does not count as a success. */
export function forget(name) {
  rmSync(stampFile(name), { force: true });
}

/** Records the step's success. */
export function remember(name, hash) {
  const file = stampFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}
