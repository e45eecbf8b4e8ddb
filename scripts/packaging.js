// What the packaging tests need: bundlers and runtimes at their locked versions, and the package, packed and installed from
// its tarball. All of it in .cache/packaging. Node built-ins only.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { must, root, run, say } from "./run.js";
import { forget, hashOf, isUpToDate, remember } from "./stamp.js";

const SOURCES = ["tests/packaging/package.json", "tests/packaging/package-lock.json"];
const PLACE = join(".cache", "packaging");

/** Where the tools are: its node_modules is what every app under it sees. */
export const toolsDirectory = join(root, PLACE);
/** A directory in which the tarball was installed, and nothing else. */
export const installedDirectory = join(toolsDirectory, "installed");
/** Where the apps are copied to before they are built and run. */
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
 * npm asks before it runs packages' scripts, and of all tools only these two need theirs: each puts the program, which
 * came as a package for this machine, into its place. What fails here fails again as the runtime's own test.
 */
async function placePrograms() {
  for (const [name, script] of [
    ["bun", "install.js"],
    ["deno", "install.cjs"],
  ]) {
    const { code } = await run(process.execPath, [script], {
      cwd: join(toolsDirectory, "node_modules", name),
    });
    if (code !== 0) say(`setup: ${name} cannot be used on this machine; its tests will say so.`);
  }
}

/** As a user installs it, but from the tarball; it needs nothing else, so this works without a network. */
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

/** A tool's own main file or program, by its path in node_modules. */
export function toolPath(path) {
  const full = join(toolsDirectory, "node_modules", path);
  if (!existsSync(full)) throw new Error(`${path} is not installed on ${process.platform} ${process.arch}`);
  return full;
}
