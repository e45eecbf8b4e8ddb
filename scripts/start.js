// Builds what the demo needs and serves it: `npm start`, or `npm start -- --port 9000` (also PORT=9000). With a deployment
// named in the environment or in .env the page runs against that one, unless `--local` is given, and with
// `--cloud` by the cloud API; with `--comfyui http://127.0.0.1:8188` against that ComfyUI server; else against a local endpoint, which gets the flags that are unknown here, such as `--speed 10`. Node built-ins only before the build.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { build } from "./build.js";
import { readDeployment, takeVariables } from "./deployment-settings.js";
import { buildEndpoint, endpointProgram } from "./endpoint.js";
import { firstStart } from "./first-start.js";
import { Failure, main, root, say, seconds } from "./run.js";

const DEFAULT_PORT = 8787;
const HOST = "127.0.0.1";

await main(async () => {
  const { local, cloud, comfyui, args } = readMode(process.argv.slice(2));
  const { wanted, rest } = readArguments(args);
  const variables = takeVariables(process.env, root);
  const deployment = local || comfyui !== null ? null : readDeployment(variables);
  if (cloud && !deployment)
    throw new Failure("--cloud runs on a deployment of yours: set the variables of .env.example first");
  if ((deployment || comfyui !== null) && rest.length > 0)
    throw new Failure(
      `${rest[0]} is a flag of the local endpoint, which ${deployment ? "a deployment does" : "a ComfyUI server does"} without: add --local`,
    );
  const isLocal = !deployment && comfyui === null;
  const lines = firstStart({ local: isLocal });
  const begin = performance.now();
  for (const line of lines) say(line);
  await build();
  if (isLocal) await buildEndpoint();
  if (lines.length > 0) say(`start: built in ${seconds(begin)}.`);
  if (comfyui !== null) return serveComfy(comfyui, await choosePort(wanted));
  if (deployment) return serveDeployment(deployment, cloud, await choosePort(wanted));
  await serve(await choosePort(wanted), rest);
});

function readMode(args) {
  const { value: comfyui, rest } = takeOption(args, "--comfyui");
  if (comfyui !== null && !/^https?:\/\//.test(comfyui))
    throw new Failure("--comfyui takes the address of a ComfyUI server, such as http://127.0.0.1:8188");
  const [local, cloud] = [rest.includes("--local"), rest.includes("--cloud")];
  if ([local, cloud, comfyui !== null].filter(Boolean).length > 1)
    throw new Failure("--local, --cloud and --comfyui are three places to run: give one");
  return { local, cloud, comfyui, args: rest.filter((arg) => arg !== "--local" && arg !== "--cloud") };
}

/** An option with its value, `--name value` or `--name=value`; null where it is not given. */
function takeOption(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return { value: null, rest: args };
  const inline = args[at].startsWith(`${name}=`) ? args[at].slice(name.length + 1) : undefined;
  const taken = inline === undefined ? 2 : 1;
  return {
    value: inline ?? args[at + 1] ?? "",
    rest: [...args.slice(0, at), ...args.slice(at + taken)],
  };
}

function readArguments(args) {
  const { value, rest } = takeOption(args, "--port");
  return { wanted: readPort(value === null ? process.env.PORT : value || "nothing"), rest };
}

function readPort(text) {
  if (!text) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure(`A port is a number from 0 (any free one) to 65535, not ${JSON.stringify(text)}`);
}

/** The wanted port or none at all; without a wish the usual one, or any free one when it is taken. */
async function choosePort(wanted) {
  const port = wanted ?? DEFAULT_PORT;
  if (port === 0 || (await isFree(port))) return port;
  if (wanted !== null)
    throw new Failure(`Port ${wanted} is taken. Leave it out to get a free one, or name another`);
  say(`start: port ${DEFAULT_PORT} is taken, so another one is used.`);
  return 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/** Serves the page with the proxy, or the route for the cloud API, until this process is ended. */
async function serveDeployment(deployment, byCloud, port) {
  const { cloudBackend, deploymentBackend } = await import("./deployment.js");
  const backend = (byCloud ? cloudBackend : deploymentBackend)(deployment, notPassedOn);
  await serveInFrontOf(backend, port, () => {
    const way = byCloud ? ", by the cloud API" : "";
    say(`start: the demo runs against your deployment at ${deployment.host}${way}; Ctrl+C ends it.`);
    if (!deployment.encrypted) say("start: its address is not https, so the credentials travel unencrypted.");
    if (deployment.linkHosts.length > 0)
      say(`start: results given as links are fetched from ${deployment.linkHosts.join(", ")}.`);
  });
}

/** The same in front of a ComfyUI server. */
async function serveComfy(address, port) {
  const { comfyBackend } = await import("./deployment.js");
  const backend = await comfyBackend(address, notPassedOn);
  await serveInFrontOf(backend, port, () =>
    say(`start: the demo runs against the ComfyUI server at ${backend.host}; Ctrl+C ends it.`),
  );
}

function notPassedOn(message) {
  say(`start: not passed on: ${message}`);
}

async function serveInFrontOf(backend, port, tell) {
  const { serveBackend } = await import("./deployment.js");
  const { url, closed, close } = await serveBackend(backend, port);
  whenEnded(close);
  tell();
  say(`start: open ${url}/`);
  await closed;
}

/** Runs the endpoint until it or this process is ended; both end together. */
async function serve(port, rest) {
  const args = ["--port", `${port}`, "--site", root, ...rest];
  const child = spawn(endpointProgram, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  whenEnded(() => child.kill("SIGTERM"));
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, "close");
  const first = await Promise.race([once(lines, "line").then(([line]) => line), closed.then(() => "")]);
  const url = /^local endpoint: (\S+)$/.exec(first)?.[1];
  if (!url) throw new Failure(`The local endpoint did not start${first ? `; it said: ${first}` : ""}`);
  lines.on("line", say);
  say("start: the demo runs against a local endpoint that stands in for a deployment; Ctrl+C ends it.");
  say("start: to run it against a deployment of yours, see .env.example.");
  say(`start: open ${url}/`);
  await closed;
}

/**
 * Calls `end` when this process is told to end. A signal to npm ends npm and its shell but is not handed on, so this
 * process looks for its parent as well.
 */
function whenEnded(end) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  process.on("exit", end);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500);
  watch.unref();
}
