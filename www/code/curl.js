// The run with curl: the request as it is, for a server or a look at the wire.

import { overLines, quoted } from "./shell.js";
import { isDrawn, literalWith, withoutFiles } from "./values.js";

const literal = literalWith({});
/** Stands for a drawn seed until the quotes of the shell are there; JSON has no such character. */
const DRAWN = "\u0000";
const CREDENTIALS = '-H "client_id: $VIEWCOMFY_CLIENT_ID" -H "client_secret: $VIEWCOMFY_CLIENT_SECRET"';

/** @param {import("./programs.js").Parts} parts */
export function curlFor({ workflowName, params, sendWorkflow, route = null }) {
  const { values, files } = withoutFiles(params);
  const form = [
    `--form-string ${paramsWord(values)}`,
    "--form-string logs=false",
    ...(sendWorkflow ? [`-F ${quoted(`workflow_api=<${filePath(workflowName)}`)}`] : []),
    ...files.flatMap(fileWords),
  ];
  const address = route === null ? '"$VIEWCOMFY_API_URL"' : quoted(route.address);
  return [
    ...(route === null
      ? ["# VIEWCOMFY_API_URL, VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET are those of the dashboard."]
      : ["# This page's own route adds the credentials."]),
    ...(values.some(isDrawn) ? ["seed=$(od -An -N6 -tu8 /dev/urandom | tr -d ' ')"] : []),
    ...(values.length + files.length === 0
      ? ["# Give at least one value in params, a seed for example."]
      : []),
    overLines([
      `curl --fail-with-body --location ${address}`,
      ...(route === null ? [CREDENTIALS] : []),
      ...form,
      "--output result.json",
    ]),
    "",
    "# Of an output the data is base64; a filepath is a link in its place.",
    "jq -r '.outputs[0].data // empty' result.json | base64 --decode > output",
  ].join("\n");
}

/** The values as JSON between quotes of the shell, which a drawn seed stands outside of. */
function paramsWord(values) {
  const parts = values.map(
    (each) => `${JSON.stringify(each[0])}: ${isDrawn(each) ? DRAWN : literal(each[1])}`,
  );
  return quoted(`params={${parts.join(", ")}}`).replaceAll(DRAWN, `'"$seed"'`);
}

function fileWords({ key, name, mask }) {
  const part = (field, path) => `-F ${quoted(`${field}=@${filePath(path)}`)}`;
  return [part(key, name), ...(mask === null ? [] : [part(`${key}-viewcomfymask`, mask)])];
}

/** A name as curl reads it whole: unquoted, a comma or a semicolon would end it. */
function filePath(name) {
  return /[,;"\\]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
}
