// One way between the page, the tags and what they share: `pkg/src/view/` knows neither of them, and of the package's inside the
// page knows only it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const VIEW = "pkg/src/view/";
/** What a statement imports or passes on, and what is loaded by `import("…")`. */
const IMPORT = /(?:^(?:import|export)\b[^;"]*\bfrom\s*|^import\s*|\bimport\()"([^"]+)"/gm;

/** The modules of a folder, by their paths from the root. */
function modules(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).split(sep).join("/")}`)
    .filter((path) => path.endsWith(".js") && !path.startsWith("www/built/"));
}

/** What a folder imports: the module, and a path from the root, or a package's name. */
function importsOf(folder) {
  return modules(folder).flatMap((module) => {
    // Types in comments load nothing.
    const text = readFileSync(join(root, module), "utf8").replace(/\/\*.*?\*\//gs, "");
    return [...text.matchAll(IMPORT)].map(([, name]) => {
      const path = name.startsWith(".")
        ? normalize(join(dirname(module), name))
            .split(sep)
            .join("/")
        : name;
      return { module, path };
    });
  });
}

/** Those that lead elsewhere, as "module → path". */
function straying(imports, isAllowed) {
  return imports.filter(({ path }) => !isAllowed(path)).map(({ module, path }) => `${module} → ${path}`);
}

test("what page and tags share imports nothing but its own files", () => {
  const imports = importsOf("pkg/src/view");
  assert.deepEqual(
    straying(imports, (path) => path.startsWith(VIEW)),
    [],
  );
});

test("of the package's inside the page knows only what it shares with the tags", () => {
  const imports = importsOf("www").filter(({ path }) => path.startsWith("pkg/"));
  assert.ok(imports.length > 0);
  assert.deepEqual(
    straying(imports, (path) => path.startsWith(VIEW)),
    [],
  );
});

test("each shared part is used by both", () => {
  const users = (folder) => new Set(importsOf(folder).map(({ path }) => path));
  const [view, page, tags] = ["pkg/src/view", "www", "pkg/src/element"].map(users);
  const alone = modules("pkg/src/view").filter(
    (path) => !view.has(path) && !(page.has(path) && tags.has(path)),
  );
  assert.deepEqual(alone, []);
});
