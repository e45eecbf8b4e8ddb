// `serve`: the demo page with a route to a deployment, to the cloud API or to ComfyUI.

import { once } from "node:events";
import { basename } from "node:path";

import { BACKEND, BACKEND_HELP, backendsOf } from "./backend.js";
import { EXIT } from "./failure.js";
import { usage, wholeNumber } from "./options.js";
import { startServing } from "./serving.js";
import { oneLine, painter, quoted, writeError, writeOut } from "./terminal.js";
import { readWorkflow } from "./workflow.js";

const NAME = "serve";
const COMMAND = "npx viewcomfy-wasm serve";
const PORT = 8787;
const HOST = "127.0.0.1";
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
/** The built command stands in the package. */
const PLACES = { library: new URL("./", import.meta.url), page: new URL("./page/", import.meta.url) };

/** @type {import("./commands.js").Command} */
export const serve = {
  name: NAME,
  summary: "serve the demo page in front of a ComfyUI server, a deployment or the cloud API",
  positionals: [],
  options: {
    ...BACKEND,
    deployment: { type: "boolean" },
    port: { type: "string" },
    host: { type: "string" },
    workflow: { type: "string" },
  },
  help: `Serves the demo page, with a route between the page and the server that runs its workflows. Open the address that it
prints. The page gets no credentials; they stay in this process.

Usage: viewcomfy-wasm serve [--comfyui URL] [--cloud] [--endpoint URL] [--deployment] [--port N] [--workflow FILE]

Where runs go; of several, the page offers the choice. Credentials come only from the environment, never from arguments:
${BACKEND_HELP}
      --deployment         use the deployment itself, in addition to --cloud or --comfyui
      VIEWCOMFY_CLIENT_ID, VIEWCOMFY_CLIENT_SECRET   of a deployment; or VIEWCOMFY_TOKEN
      VIEWCOMFY_LINK_HOSTS   hosts from which result links may be fetched, separated by commas

What is served:
      --workflow FILE      open this file in the page; with --comfyui, also run it when a caller sends no workflow
      --port N             default ${PORT}, or any free port if that is taken; 0 for any free port
      --host HOST          the address of this machine to listen on, 0.0.0.0 for all. By default, only this machine can open
                           the page. With --host, everyone needs the token in the printed address; programs send it as
                           "Authorization: Bearer …". The connection is not encrypted.

Ctrl+C ends the server, and the runs that it started on ComfyUI.

Examples:
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188 --workflow workflow_api.json --port 9000
  viewcomfy-wasm serve --endpoint https://your-deployment.example
  viewcomfy-wasm serve --comfyui http://127.0.0.1:8188 --cloud
`,
  async run(options) {
    const backends = backendsOf(options, NAME);
    const host = hostOf(options);
    const ports = portsOf(options);
    const workflow = options.workflow === undefined ? undefined : await readWorkflow(options.workflow);
    const serving = await startServing(backends, {
      places: PLACES,
      workflow: workflow && { ...workflow, name: basename(options.workflow) },
      command: COMMAND,
      ...{ host, ports },
      onFailure: ({ message }) => void writeError(`not passed on: ${oneLine(message)}\n`),
    });
    const ended = untilEnded(serving);
    await tell(serving);
    return ended;
  },
};

/** @param {Record<string, any>} options */
function hostOf({ host }) {
  if (host === undefined) return HOST;
  if (/^[\w.:-]{1,255}$/.test(host)) return host;
  throw usage(`--host takes an address of this machine, such as 0.0.0.0, not ${quoted(host)}`, NAME);
}

/**
 * The wanted port or none at all; without a wish the usual one, or any free one when it is taken.
 *
 * @param {Record<string, any>} options
 */
function portsOf({ port }) {
  return port === undefined ? [PORT, 0] : [wholeNumber(port, "port", 0, 65_535, NAME)];
}

/** The address to stdout, for a program that starts this one; the rest is for people. */
async function tell({ words, address, isOpen, unanswered }) {
  const warn = (text) => writeError(`${painter(process.stderr)("yellow", "warning")}: ${text}\n`);
  await writeError(`The page runs workflows on ${words}; Ctrl+C ends it.\n`);
  if (isOpen)
    await warn(
      "other machines can reach this page, and what they send is not encrypted; keep its address to yourself",
    );
  await writeOut(`open ${address}\n`);
  const host = await unanswered();
  if (host !== null) await warn(`ComfyUI does not respond at ${host}; start it, then reload the page`);
}

/** A second signal ends the process at once; the first one lets the runs be cancelled. */
async function untilEnded({ close }) {
  const ends = Object.entries(SIGNALS).map(([name, number]) => once(process, name).then(() => number));
  const number = await Promise.race(ends);
  for (const [name, each] of Object.entries(SIGNALS)) process.once(name, () => process.exit(128 + each));
  await close();
  // Whoever waits for a caller to come back would keep the process.
  process.exit(number === SIGNALS.SIGINT ? EXIT.done : 128 + number);
}
