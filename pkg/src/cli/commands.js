// The commands there are, and the overview of `--help`.

import { convert } from "./convert.js";
import { diff } from "./diff.js";
import { inspect } from "./inspect.js";
import { params } from "./params.js";
import { run } from "./run.js";
import { schema } from "./schema.js";
import { serve } from "./serve.js";
import { types } from "./types.js";

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} summary one line of the overview
 * @property {string} help
 * @property {Record<string, any>} options as `parseArgs` of node:util takes them
 * @property {string[]} positionals the names of those that are taken
 * @property {(values: Record<string, any>, positionals: string[]) => Promise<number | void>} run gives the exit code, 0 when left out
 */

/** @type {Record<string, Command>} */
export const commands = { run, serve, types, schema, params, inspect, diff, convert };

/** @returns {string} */
export function overview() {
  const list = Object.values(commands).map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`);
  return `Runs and inspects ComfyUI workflows from the terminal: on a ViewComfy deployment, through ViewComfy's cloud API, or on
your own ComfyUI server.

Usage: viewcomfy-wasm COMMAND [options]

${list.join("\n")}

Every command reads any file that ComfyUI saved a workflow in: JSON, PNG, WebP, JPEG, MP4, WebM, FLAC, safetensors and
more. A workflow in the editor's format is converted. "-" is stdin. "viewcomfy-wasm COMMAND --help" explains a command,
with examples.

  -h, --help       this text
  -v, --version    the package's version

To get started:
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188           the demo page in front of your ComfyUI
  viewcomfy-wasm inspect workflow_api.json                       the inputs you can set, and the problems
  viewcomfy-wasm types workflow_api.json -o my-workflow.d.ts     keys and types for your editor
  export VIEWCOMFY_API_URL=https://… VIEWCOMFY_CLIENT_ID=… VIEWCOMFY_CLIENT_SECRET=…
  viewcomfy-wasm run --set 6-inputs-text="a red fox" --out pictures

Exit codes: 0 done; 1 and 2 "inspect" found warnings or errors; 1 "diff" found a difference; 3 the command line is
wrong; 4 a file, a workflow or a value cannot be used; 5 the endpoint could not be reached or refused, or the run failed;
70 a bug in this program; 130 stopped with Ctrl+C. Errors go to stderr, with --json as one JSON line. NO_COLOR turns
colours off.
`;
}
