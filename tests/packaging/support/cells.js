// Finds the cells, and puts each one's app with the installed package into a place of its own.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { appsDirectory, installedDirectory } from "../../../scripts/packaging.js";

const cellsDirectory = fileURLToPath(new URL("../cells/", import.meta.url));
const pageDirectory = fileURLToPath(new URL("../page/", import.meta.url));
const locked = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const workflow = fileURLToPath(new URL("../../fixtures/workflows/small_picture.json", import.meta.url));

/**
 * What a folder's cell.js exports as a list.
 *
 * @typedef {object} Cell
 * @property {string} where the bundler or runtime; `{vite}` becomes the locked version of that package
 * @property {string} tried what of the package is tried there
 * @property {string | null} setting what it needs beyond `npm install`; null for nothing
 * @property {string} [page] where in the app the files of page/ go; left out when the app is not such a page
 * @property {string} [statics] where the workflow goes that the app fetches or reads; left out: beside everything else
 * @property {(place: { directory: string, endpoint: string }) => Promise<void>} run
 */

/** All cells, in the order of their folders' names. @returns {Promise<(Cell & { folder: string })[]>} */
export async function findCells() {
  const cells = [];
  for (const folder of readdirSync(cellsDirectory).sort()) {
    const { default: found } = await import(`../cells/${folder}/cell.js`);
    cells.push(...found.map((cell) => ({ ...cell, folder, where: withVersions(cell.where) })));
  }
  return cells;
}

function withVersions(where) {
  return where.replace(/\{(.+?)\}/, (_, name) => locked.packages[`node_modules/${name}`].version);
}

/** Copies a cell's app, gives it the installed package and the workflow. @returns {string} its directory */
export function placeApp({ folder, where, page, statics = "." }) {
  const directory = join(
    appsDirectory,
    where
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/-$/, ""),
  );
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(join(cellsDirectory, folder), directory, {
    recursive: true,
    filter: (source) => !source.endsWith("cell.js"),
  });
  if (page !== undefined) cpSync(pageDirectory, join(directory, page), { recursive: true });
  cpSync(join(installedDirectory, "node_modules"), join(directory, "node_modules"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  cpSync(workflow, join(directory, statics, "workflow_api.json"));
  writeFileSync(join(directory, "package.json"), manifest());
  return directory;
}

function manifest() {
  const { dependencies } = JSON.parse(readFileSync(join(installedDirectory, "package.json"), "utf8"));
  return `${JSON.stringify({ private: true, type: "module", dependencies }, null, 2)}\n`;
}
