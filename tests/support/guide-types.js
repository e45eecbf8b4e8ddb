// Type-checks examples of the guides against the published declarations, as in an app with the package installed.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const OPTIONS = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  typeRoots: [join(root, "node_modules", "@types")],
  types: ["node", "react"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

/** The compiler's errors in these files, one per line. @param {string[]} files @returns {string[]} */
export function complaintsOf(files) {
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(files, OPTIONS));
  return diagnostics.map(
    ({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}
