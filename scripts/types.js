// Compiles the type tests: each file of tests/types is one test, and so are the published declarations. The output ends
// with summary lines like those of Node's TAP reporter. Needs the npm packages.

import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

import ts from "typescript";

import { Failure, main, root, say } from "./run.js";

const CONFIG = join(root, "tests", "types", "tsconfig.json");
const DECLARATIONS = readdirSync(join(root, "pkg")).flatMap((name) =>
  name.endsWith(".d.ts") ? [`pkg/${name}`] : [],
);

await main(() => {
  const program = readProgram();
  const complaints = groupByFile(ts.getPreEmitDiagnostics(program));
  const tests = program.getRootFileNames().map(nameOf);
  const others = [...complaints.keys()].filter((name) => !tests.includes(name));
  let failed = 0;
  for (const name of [...tests, ...others]) {
    const messages = complaints.get(name) ?? [];
    if (messages.length > 0) failed += 1;
    say(`${messages.length > 0 ? "not ok" : "ok"} ${name}`);
    for (const message of messages) say(`    ${message}`);
  }
  say(`# pass ${tests.length + others.length - failed}`);
  say(`# fail ${failed}`);
  if (failed > 0) process.exitCode = 1;
});

function readProgram() {
  const { config, error } = ts.readConfigFile(CONFIG, ts.sys.readFile);
  if (error) throw new Failure(textOf(error));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, "tests", "types"));
  return ts.createProgram([...fileNames, ...DECLARATIONS.map((name) => join(root, name))], options);
}

function groupByFile(diagnostics) {
  const groups = new Map();
  for (const diagnostic of diagnostics) {
    const name = diagnostic.file ? nameOf(diagnostic.file.fileName) : "tests/types/tsconfig.json";
    groups.set(name, [...(groups.get(name) ?? []), textOf(diagnostic)]);
  }
  return groups;
}

function nameOf(path) {
  return relative(root, path).split(sep).join("/");
}

function textOf({ file, start, code, messageText }) {
  const line =
    file && start !== undefined ? `line ${file.getLineAndCharacterOfPosition(start).line + 1}: ` : "";
  return `${line}TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n    ")}`;
}
