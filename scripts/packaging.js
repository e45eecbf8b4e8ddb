// Installs what the packaging tests need into .cache/packaging: bundlers and runtimes at their locked versions, and the
// package from its tarball. Node built-ins only.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { must, root, run, say } from "./run.js";
import { forget, hashOf, isUpToDate, remember } from "./stamp.js";

const SOURCES = ["tests/packaging/package.json", "tests/packaging/package-lock.json"];
const PLACE = join(".cache", "packaging");

/** Where the tools are: every app below it resolves packages from its node_modules. */
export const toolsDirectory = join(root, PLACE);
/** A directory in which only the tarball is installed. */
export const installedDirectory = join(toolsDirectory, "installed");
/** The directory that apps are copied to before they are built and run. */
export const appsDirectory = join(toolsDirectory, "apps");

/** Installs the tools once per lock file, and the package each time. */
export async function preparePackaging() {
  await installTools();
  await installPackage();
}

async function installTools() {
  const hash = hashOf(SOURCES, process.version, process.platform, process.arch);
  if (isUpToDate("packaging", hash, [join(PLACE, "node_modules")])) return;
  say(
    "setup: installing the bundlers and runtimes of the packaging tests (npm ci, 0.9 GB; a minute or two) …",
  );
  forget("packaging");
  mkdirSync(toolsDirectory, { recursive: true });
  for (const file of SOURCES) await copyFile(join(root, file), join(toolsDirectory, basename(file)));
  const advice =
    "The tools of the packaging tests could not be installed. Check that npm reaches its registry";
  await must("npm", ["ci", "--ignore-scripts", "--loglevel=error"], advice, { cwd: toolsDirectory });
  await placePrograms();
  remember("packaging", hash);
}

/**
 * npm asks before it runs packages' scripts, and only these two tools need theirs: each moves its program, which was
 * installed as a package for this machine, to the right place. If that fails, the runtime's own test fails too.
 */
async function placePrograms() {
  for (const [name, script] of [
    ["bun", "install.js"],
    ["deno", "install.cjs"],
  ]) {
    const { code } = await run(process.execPath, [script], {
      cwd: join(toolsDirectory, "node_modules", name),
    });
    if (code !== 0) say(`setup: ${name} cannot be used on this machine; its tests will fail.`);
  }
}

/** Installs it as a user would, but from the tarball; it has no dependencies, so this works offline. */
async function installPackage() {
  for (const old of [installedDirectory, appsDirectory]) rmSync(old, { recursive: true, force: true });
  mkdirSync(installedDirectory, { recursive: true });
  const quiet = ["--loglevel=error"];
  const pack = ["pack", join(root, "pkg"), "--pack-destination", installedDirectory, ...quiet];
  await must("npm", pack, "The package could not be packed", { cwd: installedDirectory });
  writeFileSync(join(installedDirectory, "package.json"), '{ "private": true, "type": "module" }\n');
  const install = ["install", tarball(), "--offline", "--no-package-lock", ...quiet];
  await must("npm", install, "The tarball could not be installed", { cwd: installedDirectory });
}

/** The packed package. */
export function tarball() {
  const name = readdirSync(installedDirectory).find((file) => file.endsWith(".tgz"));
  return join(installedDirectory, name ?? "nothing-was-packed.tgz");
}

/** A tool's main file or program, by its path in node_modules. */
export function toolPath(path) {
  const full = join(toolsDirectory, "node_modules", path);
  if (!existsSync(full)) throw new Error(`${path} is not installed on ${process.platform} ${process.arch}`);
  return full;
}
