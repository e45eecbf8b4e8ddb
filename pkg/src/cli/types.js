// `types`: the TypeScript declaration of a workflow's parameters.

import { basename, dirname, relative, resolve, sep } from "node:path";

import { readApiWorkflow } from "./api-workflow.js";
import { declarationOf, isTypeName } from "./declaration.js";
import { OBJECT_INFO } from "./definitions.js";
import { refuseSameFile, writeOutput } from "./files.js";
import { inspection } from "./library.js";
import { required, usage } from "./options.js";
import { oneLine, quoted } from "./terminal.js";

const NAME = "types";
const TYPE_NAME = "MyWorkflow";

/** @type {import("./commands.js").Command} */
export const types = {
  name: NAME,
  summary: "write a .d.ts, so your editor completes parameter keys and reports typos",
  positionals: ["workflow"],
  options: { output: { type: "string", short: "o" }, name: { type: "string" }, ...OBJECT_INFO },
  help: `Writes the TypeScript types of a workflow's parameters: every key with its type, its current value and its node's
title. Your editor then completes "6-inputs-text", and a typo does not compile.

Usage: viewcomfy-wasm types FILE [-o FILE.d.ts] [--name ${TYPE_NAME}] [--object-info FILE-OR-URL]

FILE is a workflow, or a picture (or another file) that it made; the workflow that ran is used. A workflow in the editor's
format is converted. "-" is stdin.

  -o, --output FILE   write to this file instead of stdout; an existing file is replaced
      --name NAME     the type's name, default ${TYPE_NAME}
      --object-info FILE-OR-URL
                      your server's definitions: its /object_info saved to a file, or the server's address. With it,
                      choices become unions, ranges are documented, and linked inputs also take a value.

The same workflow always gives the same text, so you can commit it. Use it like this:
  import type { ${TYPE_NAME} } from "./my-workflow";
  const client = new ViewComfyClient<${TYPE_NAME}>({ endpoint: "/api/viewcomfy" });
  await client.infer({ params: { "6-inputs-text": "a red fox" } });

Examples:
  viewcomfy-wasm types workflow_api.json -o src/my-workflow.d.ts
  viewcomfy-wasm types workflow_api.json -o src/portrait.d.ts --name Portrait --object-info http://127.0.0.1:8188
`,
  async run(values, positionals) {
    const file = required(positionals, "the workflow's file", NAME);
    const { output, name = TYPE_NAME } = values;
    if (!isTypeName(name))
      throw usage(`--name takes the name of a new TypeScript type, not ${quoted(name)}`, NAME);
    await refuseSameFile(file, output);
    const { inspectWorkflow } = await inspection();
    const { workflow, objectInfo } = await readApiWorkflow(file, values["object-info"]);
    const { nodes } = inspectWorkflow(workflow, { objectInfo });
    const told = seenFrom(output, { file, ...values });
    const source = file === "-" ? "stdin" : told.file;
    await writeOutput(output, declarationOf(nodes, { name, source, again: commandLine(told) }));
  },
};

/**
 * The paths as they are seen from the directory of the file that is written, so that the file is the same wherever the
 * command was typed.
 *
 * @param {string | undefined} output
 * @param {Record<string, any>} typed
 */
function seenFrom(output, { file, name, "object-info": objectInfo }) {
  const isFile = output !== undefined && output !== "-";
  const directory = isFile ? dirname(resolve(output)) : process.cwd();
  const seen = (path) => notAnOption(relative(directory, resolve(path)).replaceAll(sep, "/"));
  return {
    file: file === "-" ? file : seen(file),
    output: isFile ? basename(output) : undefined,
    name,
    objectInfo: objectInfo === undefined || isElsewhere(objectInfo) ? objectInfo : seen(objectInfo),
  };
}

function notAnOption(path) {
  return path.startsWith("-") ? `./${path}` : path;
}

/** @param {string} source stdin, or an address */
function isElsewhere(source) {
  return source === "-" || /^https?:/i.test(source);
}

/** How to make the file again, as it is typed in a shell. */
function commandLine({ file, output, name, objectInfo }) {
  const options = [
    ["-o", output],
    ["--name", name],
    ["--object-info", objectInfo],
  ].flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
  const words = [file, ...options].map((word) => (/^[\w./:@%+,-]+$/.test(word) ? word : inQuotes(word)));
  return `npx viewcomfy-wasm types ${words.join(" ")}`;
}

function inQuotes(word) {
  return `'${oneLine(word).replaceAll("'", "'\\''")}'`;
}
