// What `run` takes, and the help that teaches it.

import { BACKEND, BACKEND_HELP } from "./backend.js";
import { OBJECT_INFO } from "./definitions.js";

export const RUN_OPTIONS = {
  ...BACKEND,
  set: { type: "string", multiple: true },
  seed: { type: "string", multiple: true },
  file: { type: "string", multiple: true },
  mask: { type: "string", multiple: true },
  params: { type: "string" },
  workflow: { type: "string" },
  out: { type: "string" },
  timeout: { type: "string" },
  json: { type: "boolean" },
  verbose: { type: "boolean" },
  ...OBJECT_INFO,
};

export const RUN_HELP = `Runs a workflow on a deployment, through the cloud API or on a ComfyUI server: sends the values, shows the progress, and
saves the outputs.

Usage: viewcomfy-wasm run [FILE] [--set KEY=VALUE]… [--file KEY=PATH]… [--seed random|N] [--out DIR]

Without FILE, the deployed workflow runs with the values you change. With FILE, that workflow runs instead: a workflow, or
a picture (or another file) that it made, to make it again with the same seeds. A workflow in the editor's format is
converted. A ComfyUI server has no deployed workflow, so it needs FILE.

Where to run; credentials come only from the environment, never from arguments:
${BACKEND_HELP}
      VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET   sent as client_id and client_secret; or
      VIEWCOMFY_TOKEN                                sent as "Authorization: Bearer …"

What to run; each option may be repeated:
      --set KEY=VALUE      a value. If there is a workflow (FILE or --workflow), text where the workflow has text, otherwise
                           JSON: a number, true, [1, 2]. Without a workflow, JSON if it is JSON, otherwise text; for the
                           text 42 write '"42"'.
      --seed random|N      all seeds of the workflow (FILE or --workflow); KEY=random or KEY=N for one. Without it, the seeds
                           of FILE are sent unchanged.
      --file KEY=PATH      a file to upload; also needs a value, such as a seed, or --workflow
      --mask KEY=PATH      the mask of the image that --file gives for KEY
      --params PATH        values from a file that "viewcomfy-wasm params" wrote; the options above take precedence
      --workflow FILE      the deployed workflow, to check keys and values against; it is not sent
      --object-info FILE-OR-URL
                           your server's definitions, to check values and random seeds of that workflow against its ranges

Output:
      --out DIR            where to save the outputs; created if needed; default the current directory. No file is replaced:
                           the second fox.png becomes "fox (2).png".
      --json               the result as JSON on stdout: prompt id, status, seeds, outputs and their paths. Without it,
                           stdout has one path per line, and stderr the rest.
      --verbose            the log, line by line
      --timeout SECONDS    for the whole run; default 24000, 0 for no limit

Ctrl+C ends the run, on the endpoint too. Exit codes: 0 done; 3 wrong command line; 4 a value or file cannot be used;
5 the endpoint could not be reached or refused, the run failed, or an output could not be downloaded; 130 stopped.

Examples:
  viewcomfy-wasm run --set 6-inputs-text="a red fox" --file 52-inputs-image=in.png --seed 3-inputs-seed=random
  viewcomfy-wasm run --workflow workflow_api.json --set 3-inputs-steps=30 --seed random --out pictures
  viewcomfy-wasm run workflow_api.json --seed 42 --json | jq -r '.outputs[].path'
  viewcomfy-wasm run picture.png                        the same picture again
  viewcomfy-wasm run picture.png --seed random          the same, with another seed
  viewcomfy-wasm run workflow_api.json --comfyui http://127.0.0.1:8188 --seed random
`;
