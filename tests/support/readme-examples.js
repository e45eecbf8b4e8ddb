// The JavaScript of a README as runnable modules: each block unchanged except for absolute addresses.

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const BLOCK = /^```(\w+)\n(.*?)^```$/gms;
/** Addresses that a page would resolve; Node has no page. */
const RELATIVE = /"(\/(?:api|[\w-]+\.json)[^"]*)"/g;

/** The blocks of a README in one language, in order. */
export function blocksOf(readme, language = "js") {
  const text = readFileSync(join(root, readme), "utf8");
  return [...text.matchAll(BLOCK)].flatMap(([, itsLanguage, code]) =>
    itsLanguage === language ? [code] : [],
  );
}

/** The first block of a page up to its first run, which the later examples continue from. */
export function preludeOf(blocks) {
  const first = blocks.find((block) => block.includes("await init()"));
  return first.slice(0, first.indexOf("const result"));
}

/**
 * A folder of modules that resolve the package by its name, like an installed one.
 *
 * @param {string} name of the folder, below .cache/
 */
export function createModules(name) {
  const folder = join(root, ".cache", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(root, "pkg"), join(folder, "node_modules", "viewcomfy-wasm"), "dir");
  let count = 0;
  return {
    /** Runs code as a module; relative addresses go to `base`. */
    async run(code, base) {
      count += 1;
      const file = join(folder, `example-${count}.mjs`);
      writeFileSync(
        file,
        code.replace(RELATIVE, (_, path) => JSON.stringify(`${base}${path}`)),
      );
      return import(pathToFileURL(file).href);
    },
    /** A file beside them. @returns {string} its path */
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
