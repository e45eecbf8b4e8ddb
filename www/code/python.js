// The run in Python, with the package requests.

import { isDrawn, literalWith, withoutFiles } from "./values.js";

const WORDS = new Map([
  [true, "True"],
  [false, "False"],
  [null, "None"],
]);
const literal = literalWith({ word: (value) => WORDS.get(value) ?? "None" });

/** @param {import("./programs.js").Parts} parts */
export function pythonFor({ workflowName, params, sendWorkflow, route = null }) {
  const { values, files } = withoutFiles(params);
  const environment = (name) => `os.environ["${name}"]`;
  const address = route === null ? environment("VIEWCOMFY_API_URL") : JSON.stringify(route.address);
  return [
    "import base64",
    "import json",
    "import os",
    ...(values.some(isDrawn) ? ["import random"] : []),
    "",
    "import requests",
    "",
    "params = {",
    ...values.map((each) => `    ${JSON.stringify(each[0])}: ${seedOr(each)},`),
    ...(values.length + files.length === 0 ? ["    # Give at least one value, a seed for example."] : []),
    "}",
    "response = requests.post(",
    `    ${address},`,
    ...(route === null
      ? [
          "    headers={",
          `        "client_id": ${environment("VIEWCOMFY_CLIENT_ID")},`,
          `        "client_secret": ${environment("VIEWCOMFY_CLIENT_SECRET")},`,
          "    },",
        ]
      : []),
    "    files={",
    '        "params": (None, json.dumps(params)),',
    '        "logs": (None, "false"),',
    ...(sendWorkflow
      ? [`        "workflow_api": (None, open(${JSON.stringify(workflowName)}, encoding="utf-8").read()),`]
      : []),
    ...files.flatMap(fileLines),
    "    },",
    "    timeout=2400,",
    ")",
    "response.raise_for_status()",
    "",
    'for output in response.json()["outputs"]:',
    '    name = os.path.basename(output["filename"])',
    '    if "data" in output:',
    '        with open(name, "wb") as file:',
    '            file.write(base64.b64decode(output["data"]))',
    "    else:",
    '        print(name, "is at", output["filepath"])',
  ].join("\n");
}

function seedOr(each) {
  return isDrawn(each) ? "random.randrange(2**48)" : literal(each[1]);
}

function fileLines({ key, name, mask }) {
  const line = (part, path) => `        ${JSON.stringify(part)}: open(${JSON.stringify(path)}, "rb"),`;
  return [line(key, name), ...(mask === null ? [] : [line(`${key}-viewcomfymask`, mask)])];
}
