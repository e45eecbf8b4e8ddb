// `schema`: the JSON Schema of a workflow's parameters, or the OpenAPI description of a route that runs it.

import { basename } from "node:path";

import { readApiWorkflow } from "./api-workflow.js";
import { OBJECT_INFO } from "./definitions.js";
import { refuseSameFile, writeOutput } from "./files.js";
import { jsonOf } from "./json.js";
import { inspection } from "./library.js";
import { openApiDocument } from "./openapi.js";
import { required, usage } from "./options.js";
import { schemaDocument } from "./schema-document.js";
import { quoted } from "./terminal.js";
import { packageVersion } from "./version.js";

const NAME = "schema";
const ROUTE = "/api/viewcomfy";

/** @type {import("./commands.js").Command} */
export const schema = {
  name: NAME,
  summary: "write a JSON Schema of the parameters, or an OpenAPI description of the route",
  positionals: ["workflow"],
  options: {
    output: { type: "string", short: "o" },
    openapi: { type: "boolean" },
    route: { type: "string" },
    ...OBJECT_INFO,
  },
  help: `Writes the JSON Schema (2020-12) of a workflow's parameters: every key with its title, type, range, choices, and the
current value as the default. With --openapi, it writes the OpenAPI 3.1 description of an app's route with this schema
in it, for clients in other languages and for tools that call the route.

Usage: viewcomfy-wasm schema FILE [-o FILE.json] [--openapi [--route ${ROUTE}]] [--object-info FILE-OR-URL]

FILE is a workflow, or a picture (or another file) that it made; the workflow that ran is used. A workflow in the editor's
format is converted. "-" is stdin.

  -o, --output FILE   write to this file instead of stdout; an existing file is replaced
      --object-info FILE-OR-URL
                      your server's definitions: its /object_info saved to a file, or the server's address. With it, the
                      schema has choices and explanations. Without it, ranges come from the package's definitions.
      --openapi       describe the route: the form it takes, its responses, its errors
      --route PATH    the route's path in your app, default ${ROUTE}

Numbers keep every digit: the largest seed is 18446744073709551615 in the file.

Examples:
  viewcomfy-wasm schema workflow_api.json -o parameters.schema.json
  viewcomfy-wasm schema workflow_api.json --openapi --object-info http://127.0.0.1:8188 -o openapi.json
`,
  async run(values, positionals) {
    const file = required(positionals, "the workflow's file", NAME);
    const route = routeOf(values);
    await refuseSameFile(file, values.output);
    const { inspectWorkflow } = await inspection();
    const source = await readApiWorkflow(file, values["object-info"]);
    const definitions = await definitionsFor(source.objectInfo);
    const { nodes } = inspectWorkflow(source.workflow, definitions);
    const facts = { title: basename(source.name), isOfServer: definitions.customNodes === undefined };
    const document = values.openapi
      ? openApiDocument(nodes, { ...facts, route, version: packageVersion() })
      : schemaDocument(nodes, facts);
    await writeOutput(values.output, `${jsonOf(document, 2)}\n`);
  },
};

/** Those of the server, or else those that come with the package. */
async function definitionsFor(objectInfo) {
  if (objectInfo) return { objectInfo };
  const { NodeDefinitions } = await inspection();
  return { objectInfo: await NodeDefinitions.bundled(), customNodes: await NodeDefinitions.customNodes() };
}

/** @param {Record<string, any>} options */
function routeOf({ openapi, route }) {
  if (route === undefined) return ROUTE;
  if (!openapi) throw usage("--route is for --openapi", NAME);
  if (/^\/[\w./~-]*$/.test(route)) return route;
  throw usage(`--route takes a path such as ${ROUTE}, not ${quoted(route)}`, NAME);
}
