// Finds programs on this machine. Node built-ins only.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { Failure } from "./run.js";

/** The path of the first of these programs that is on the PATH. @param {string[]} names @returns {string | undefined} */
export function findProgram(names) {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => directories.map((directory) => join(directory, name)));
  return candidates.find(existsSync);
}

/** The program that an environment variable names. @param {string} variable @returns {string | undefined} */
export function namedBy(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) throw new Failure(`${variable} names ${path}, which does not exist`);
  return path || undefined;
}
