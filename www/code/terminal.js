// The run on the command line that the package brings.

import { overLines, quoted } from "./shell.js";
import { isDrawn, literalWith, withoutFiles } from "./values.js";

const literal = literalWith({});
const NOTE =
  "# VIEWCOMFY_API_URL, VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET are those of the dashboard.";

/** @param {import("./programs.js").Parts} parts */
export function terminalFor({ workflowName, params, sendWorkflow, backend = null }) {
  const { values, files } = withoutFiles(params);
  return [
    ...(backend?.kind === "comfyui" ? [] : [NOTE]),
    overLines([
      `npx viewcomfy-wasm run ${sendWorkflow ? "" : "--workflow "}${quoted(workflowName)}`,
      ...whereWords(backend),
      ...values.map(([key, value]) =>
        isDrawn([key, value])
          ? `--seed ${quoted(`${key}=random`)}`
          : `--set ${quoted(`${key}=${textOf(value)}`)}`,
      ),
      ...files.flatMap(({ key, name, mask }) => [
        `--file ${quoted(`${key}=${name}`)}`,
        ...(mask === null ? [] : [`--mask ${quoted(`${key}=${mask}`)}`]),
      ]),
      "--out pictures",
    ]),
  ].join("\n");
}

/** Where it runs, other than on the deployment of the environment. */
function whereWords(backend) {
  if (backend?.kind === "cloud") return ["--cloud"];
  if (backend?.kind !== "comfyui") return [];
  return backend.host.split(", ").map((host) => `--comfyui ${quoted(`http://${host}`)}`);
}

/** A text as it is, everything else as JSON: the command reads it by the type that the workflow has there. */
function textOf(value) {
  return typeof value === "string" ? value : literal(value);
}
