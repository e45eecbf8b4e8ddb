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

export const RUN_HELP = `Runs a workflow on a deployment, by the cloud API or on a ComfyUI server: sends the values, shows how it goes, saves
what it made.

Usage: viewcomfy-wasm run [FILE] [--set KEY=VALUE]… [--file KEY=PATH]… [--seed random|N] [--out DIR]

Without FILE the deployed workflow runs, with the values you change. With FILE that workflow runs in its place: a
workflow, or a picture (or another file) that one made, to make it again with the seeds in it. A workflow in the editor's
format is converted. A ComfyUI server has nothing deployed, so there FILE is needed.

Where to, and as whom; credentials are taken from the environment only, never from arguments:
${BACKEND_HELP}
      VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET   sent as client_id and client_secret; or
      VIEWCOMFY_TOKEN                                sent as "Authorization: Bearer …"

What to run; each may be given again:
      --set KEY=VALUE      a value. With a workflow to look at, text where the workflow has text, else JSON: a number, true,
                           [1, 2]. Without one, JSON where it is JSON, else text; for the text 42 write '"42"'.
      --seed random|N      all seeds of the workflow (FILE or --workflow); KEY=random or KEY=N for one. Left out, the seeds
                           of FILE are sent as they are.
      --file KEY=PATH      a file that is uploaded; a value must go with it, a seed for example, or --workflow
      --mask KEY=PATH      the mask of the image that --file gives for KEY
      --params PATH        values from a file, as "viewcomfy-wasm params" writes it; the options above win
      --workflow FILE      the deployed workflow, to check keys and values against; it is not sent
      --object-info FILE-OR-URL
                           what the server knows, to hold values and random seeds of that workflow against its ranges

What comes back:
      --out DIR            where outputs are saved, made if need be; the current directory when left out. No file is
                           replaced: the second fox.png becomes "fox (2).png".
      --json               the result as JSON on stdout: prompt id, status, seeds, outputs and where they are. Without it
                           stdout has one path per line, and stderr the rest.
      --verbose            the log, line by line
      --timeout SECONDS    for the whole run; 0 for no limit, 24000 when left out

Ctrl+C ends the run, at the endpoint too. Exit codes: 0 done; 3 wrong command line; 4 a value or file cannot be used;
5 the endpoint could not be reached, refused, or the run failed, or an output's link could not be downloaded; 130 stopped.

Examples:
  viewcomfy-wasm run --set 6-inputs-text="a red fox" --file 52-inputs-image=in.png --seed 3-inputs-seed=random
  viewcomfy-wasm run --workflow workflow_api.json --set 3-inputs-steps=30 --seed random --out pictures
  viewcomfy-wasm run workflow_api.json --seed 42 --json | jq -r '.outputs[].path'
  viewcomfy-wasm run picture.png                        the same picture again
  viewcomfy-wasm run picture.png --seed random          the same with another seed
  viewcomfy-wasm run workflow_api.json --comfyui http://127.0.0.1:8188 --seed random
`;
