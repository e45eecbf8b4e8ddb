// TypeScript for files that exist only in a test: its errors, and what an editor would show.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The virtual directory of a test's files. */
const HERE = join(ROOT, "tests", "types", "made");

/** A cache of files that were read, mainly TypeScript's own. */
const registry = ts.createDocumentRegistry();
let services = 0;

/** @type {ts.CompilerOptions} */
const STRICT = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  types: ["node", "react"],
  paths: {
    "viewcomfy-wasm": [join(PACKAGE, "index.d.ts")],
    "viewcomfy-wasm/react": [join(PACKAGE, "react.d.ts")],
  },
};

/**
 * A language service over these files.
 *
 * @param {Record<string, string>} files name → text
 * @param {ts.CompilerOptions} [options] in addition to the strict ones
 */
export function languageService(files, options = {}) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(HERE, name), text]));
  services += 1;
  const version = `${services}`;
  const read = (path) => texts.get(path) ?? ts.sys.readFile(path);
  /** @type {ts.LanguageServiceHost} */
  const host = {
    getCompilationSettings: () => ({ ...STRICT, ...options }),
    getScriptFileNames: () => [...texts.keys()],
    // Files on disk do not change; a test's file is a different one each time.
    getScriptVersion: (path) => (texts.has(path) ? version : "0"),
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => texts.has(path) || ts.sys.fileExists(path),
    readFile: read,
    directoryExists: (path) => path === HERE || ts.sys.directoryExists(path),
    getDirectories: ts.sys.getDirectories,
  };
  return ts.createLanguageService(host, registry);
}

/** `name:line TSnnnn: message` for every error in the files. */
export function complaints(files, options) {
  const service = languageService(files, options);
  return Object.keys(files).flatMap((name) => {
    const path = join(HERE, name);
    return [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)].map((each) => {
      const { line } = each.file?.getLineAndCharacterOfPosition(each.start ?? 0) ?? { line: -1 };
      return `${name}:${line + 1} TS${each.code}: ${ts.flattenDiagnosticMessageText(each.messageText, " ")}`;
    });
  });
}

/** The completions that an editor offers where `before` ends. */
export function completionsAfter(service, files, name, before) {
  const at = placeIn(files[name], before);
  return (
    service.getCompletionsAtPosition(join(HERE, name), at, { includeCompletionsWithInsertText: true })
      ?.entries ?? []
  );
}

/** Type and documentation, as an editor shows them where `before` ends. */
export function quickInfoAfter(service, files, name, before) {
  const info = service.getQuickInfoAtPosition(join(HERE, name), placeIn(files[name], before));
  if (!info) throw new Error(`nothing is known after ${before}`);
  return {
    type: ts.displayPartsToString(info.displayParts),
    documentation: ts.displayPartsToString(info.documentation),
    tags: info.tags ?? [],
  };
}

function placeIn(text, before) {
  const at = text.indexOf(before);
  if (at === -1 || text.indexOf(before, at + 1) !== -1)
    throw new Error(`${before} is not there exactly once`);
  return at + before.length;
}
